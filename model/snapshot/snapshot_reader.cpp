#include "model/snapshot/snapshot_reader.h"

#include "model/cluster/decode/decode_object.h"
#include "model/snapshot/gzip.h"
#include "model/snapshot/snapshot_format.h"

#include <QCryptographicHash>

namespace portolan::snapshot {

using decoding::BrokenJson;
using decoding::Cursor;
using decoding::LabelInterner;
using decoding::OddField;
namespace od = simdjson::ondemand;

namespace {

/// Fills members from JSON, by the names that describe() gives them.
class ValueReader
{
public:
    explicit ValueReader(LabelInterner &labels) : m_labels(labels) {}

    void read(Cursor field, std::string &value) { field.read(value); }
    void read(Cursor field, bool &value) { value = field.boolean(); }
    void read(Cursor field, Labels &value) { value = m_labels.labels(field); }
    void read(Cursor field, WallTime &value) { value = decoding::decodeTime(field); }
    void read(Cursor field, PortRef &value) { value = decoding::decodePortRef(field); }

    template<std::integral Int>
    void read(Cursor field, Int &value)
    {
        value = field.integer<Int>();
    }

    void read(Cursor field, std::chrono::microseconds &value)
    {
        value = std::chrono::microseconds(field.integer<std::int64_t>());
    }

    void read(Cursor field, std::shared_ptr<const std::string> &value)
    {
        value = std::make_shared<const std::string>(field.text());
    }

    void read(Cursor field, Labels::Entry &value)
    {
        std::size_t index = 0;
        field.elements([&](Cursor text) { (index++ == 0 ? value.first : value.second) = text.text(); });
    }

    template<class Enum>
    requires std::is_enum_v<Enum>
    void read(Cursor field, Enum &value)
    {
        const std::string_view word = field.text();
        const auto &names = enumNames<Enum>;
        const auto at = std::find(names.begin(), names.end(), word);
        if (at == names.end())
            field.odd("\"" + std::string(word) + "\" is not known");
        value = Enum(at - names.begin());
    }

    template<class T>
    void read(Cursor list, std::vector<T> &value)
    {
        value.clear();
        list.elements([&](Cursor element) { read(element, value.emplace_back()); });
    }

    template<class T>
    void read(Cursor field, std::optional<T> &value)
    {
        read(field, value.emplace());
    }

    template<Described T>
    void read(Cursor object, T &value)
    {
        object.fields([&](std::string_view key, Cursor field) {
            bool done = false;
            describe(
                [&](std::string_view name, auto &member, auto...) {
                    if (done || name != key)
                        return;
                    read(field, member);
                    done = true;
                },
                value);
        });
    }

private:
    LabelInterner &m_labels;
};

Error refused(const std::string &detail)
{
    return {ErrorCode::InvalidInput, withoutControlCharacters(detail), {}};
}

/// Takes the text as it comes out of gzip, cut at no particular place.
class LineReader
{
public:
    explicit LineReader(const Limits &limits) : m_limits(limits) {}

    Result<void> take(std::string_view text)
    {
        while (!text.empty()) {
            const auto end = text.find('\n');
            m_line.append(text.substr(0, end));
            if (m_line.size() > m_limits.line)
                return Error{ErrorCode::TooLarge,
                             "line " + std::to_string(m_lines + 1) + " is longer than " +
                                 std::to_string(m_limits.line >> 20) + " MiB",
                             {}};
            if (end == std::string_view::npos)
                return {};
            text.remove_prefix(end + 1);
            if (auto done = takeLine(); !done)
                return done;
            m_line.clear();
        }
        return {};
    }

    Result<std::shared_ptr<ClusterState>> finish()
    {
        if (!m_ended)
            return refused(m_lines == 0 ? "is not a Portolan snapshot"
                                        : "the end is missing: it was cut short");
        auto state = std::make_shared<ClusterState>();
        state->info.contextName = std::move(m_header.context);
        state->info.serverVersion = std::move(m_header.serverVersion);
        state->info.serverUrl = std::move(m_header.serverUrl);
        state->info.recordedAt = m_header.recordedAt;
        m_tables.moveInto(*state);
        state->gaps = std::move(m_gaps);
        state->probes = std::move(m_probes);
        if (m_flowLog) {
            m_flows.moveInto(*m_flowLog);
            state->flows = std::make_shared<const FlowLog>(std::move(*m_flowLog));
        }
        return state;
    }

private:
    template<class T>
    using Objects = std::vector<std::shared_ptr<const T>>;

    struct Tables
    {
        Objects<Namespace> namespaces;
        Objects<Node> nodes;
        Objects<Pod> pods;
        Objects<Service> services;
        Objects<EndpointSlice> endpointSlices;
        Objects<NetworkPolicy> networkPolicies;
        Objects<Ingress> ingresses;
        Objects<Workload> workloads;
        Objects<ClusterEvent> events;
        Objects<ApiObject> others;

        void moveInto(ClusterState &state)
        {
            state.namespaces = ObjectTable<Namespace>(std::move(namespaces));
            state.nodes = ObjectTable<Node>(std::move(nodes));
            state.pods = ObjectTable<Pod>(std::move(pods));
            state.services = ObjectTable<Service>(std::move(services));
            state.endpointSlices = ObjectTable<EndpointSlice>(std::move(endpointSlices));
            state.networkPolicies = ObjectTable<NetworkPolicy>(std::move(networkPolicies));
            state.ingresses = ObjectTable<Ingress>(std::move(ingresses));
            state.workloads = ObjectTable<Workload>(std::move(workloads));
            state.events = ObjectTable<ClusterEvent>(std::move(events));
            state.others = ObjectTable<ApiObject>(std::move(others));
        }
    };

    Result<void> takeLine()
    {
        const std::string where = "line " + std::to_string(m_lines + 1) + ": ";
        if (m_ended)
            return refused(where + "there is something after the end");
        const std::string_view beginning = m_lines == 0 ? headerBeginning : std::string_view("{");
        if (!m_line.starts_with(beginning))
            return refused(m_lines == 0 ? "is not a Portolan snapshot" : where + "is no object");
        try {
            parseLine();
        } catch (const BrokenJson &broken) {
            return refused(where + broken.reason);
        } catch (const OddField &odd) {
            return refused(where + odd.field + " " + odd.reason);
        }
        if (m_lines == 0 && m_header.version != formatVersion)
            return Error{ErrorCode::Unsupported,
                         "format version " + std::to_string(m_header.version) +
                             "; this Portolan reads version " + std::to_string(formatVersion),
                         {}};
        if (m_ended)
            return verify();
        m_line += '\n';
        m_digest.addData(QByteArrayView(m_line.data(), qsizetype(m_line.size())));
        ++m_lines;
        return {};
    }

    void parseLine()
    {
        const std::size_t size = m_line.size();
        m_line.resize(size + simdjson::SIMDJSON_PADDING);
        od::document document;
        decoding::throwIfBroken(m_parser.iterate(m_line.data(), size, m_line.size()).get(document));
        od::object root;
        decoding::throwIfBroken(document.get_object().get(root));
        decoding::ObjectCursor(root, nullptr).fields([this](std::string_view key, Cursor value) {
            takeValue(key, value);
        });
        if (document.current_location().error() != simdjson::OUT_OF_BOUNDS)
            throw BrokenJson{"there is more than one value"};
        m_line.resize(size);
    }

    void takeValue(std::string_view key, Cursor value)
    {
        if (m_lines == 0)
            m_reader.read(value, m_header);
        else if (key == trailerKey)
            takeTrailer(value);
        else if (key == gapKey)
            m_reader.read(value, m_gaps.emplace_back());
        else if (key == probeKey)
            m_reader.read(value, m_probes.emplace_back());
        else if (key == flowLogKey)
            m_reader.read(value, m_flowLog.emplace());
        else if (key == flowKey)
            takeFlow(value);
        else
            takeObject(key, value);
    }

    void takeFlow(Cursor value)
    {
        if (!m_flowLog)
            throw OddField{std::string(flowKey), "comes before its log"};
        ObservedFlow flow;
        m_reader.read(value, flow);
        m_flows.add(flow);
    }

    void takeObject(std::string_view key, Cursor value)
    {
        // Lines of a kind that this version does not know are skipped, as keys are.
        (void)(takeOf(key, value, m_tables.pods) || takeOf(key, value, m_tables.namespaces) ||
               takeOf(key, value, m_tables.nodes) || takeOf(key, value, m_tables.services) ||
               takeOf(key, value, m_tables.endpointSlices) || takeOf(key, value, m_tables.networkPolicies) ||
               takeOf(key, value, m_tables.ingresses) || takeOf(key, value, m_tables.workloads) ||
               takeOf(key, value, m_tables.events) || takeOf(key, value, m_tables.others));
    }

    template<class T>
    bool takeOf(std::string_view key, Cursor value, Objects<T> &objects)
    {
        if (key != lineKey<T>)
            return false;
        auto object = std::make_shared<T>();
        m_reader.read(value, *object);
        if (object->meta.name.empty())
            throw OddField{std::string(key), "has no name"};
        objects.push_back(std::move(object));
        return true;
    }

    void takeTrailer(Cursor value)
    {
        m_reader.read(value, m_trailer);
        m_ended = true;
    }

    Result<void> verify()
    {
        if (m_trailer.lines != m_lines)
            return refused("lines are missing or were added: " + std::to_string(m_lines) + " instead of " +
                           std::to_string(m_trailer.lines));
        if (m_trailer.sha256 != m_digest.result().toHex().toStdString())
            return refused("the checksum does not match: it was edited or damaged");
        return {};
    }

    static constexpr std::string_view headerBeginning = "{\"portolan-snapshot\":";

    Limits m_limits;
    std::string m_line;
    std::int64_t m_lines = 0;
    bool m_ended = false;
    od::parser m_parser;
    LabelInterner m_labels;
    ValueReader m_reader{m_labels};
    QCryptographicHash m_digest{QCryptographicHash::Sha256};
    Header m_header;
    Trailer m_trailer;
    Tables m_tables;
    std::vector<ReadGap> m_gaps;
    std::vector<ProbeResult> m_probes;
    std::optional<FlowLog> m_flowLog;
    FlowSum m_flows;
};

} // namespace

Result<std::shared_ptr<ClusterState>> read(std::string_view packed, const Limits &limits)
{
    LineReader reader(limits);
    if (auto done = gunzip(packed, limits.unpacked, [&](std::string_view text) { return reader.take(text); });
        !done)
        return done.error();
    return reader.finish();
}

} // namespace portolan::snapshot
