#include "model/snapshot/snapshot_writer.h"

#include "model/snapshot/gzip.h"
#include "model/snapshot/redact.h"
#include "model/snapshot/snapshot_format.h"

#include <QCryptographicHash>

#include <nlohmann/json.hpp>

namespace portolan::snapshot {

namespace {

using Json = nlohmann::json;

Json toJson(const std::string &value)
{
    return value;
}

Json toJson(bool value)
{
    return value;
}

template<std::integral Int>
requires(!std::same_as<Int, bool>) Json toJson(Int value)
{
    return value;
}

template<class Enum>
requires std::is_enum_v<Enum> Json toJson(Enum value)
{
    return enumNames<Enum>.at(std::size_t(value));
}

Json toJson(WallTime value)
{
    return formatRfc3339(value);
}

Json toJson(std::chrono::microseconds value)
{
    return value.count();
}

Json toJson(const PortRef &value)
{
    return std::visit([](const auto &port) { return Json(port); }, value);
}

Json toJson(const Labels &value)
{
    Json object = Json::object();
    for (const auto &[key, text] : value.entries())
        object[key] = text;
    return object;
}

Json toJson(const Labels::Entry &value)
{
    return Json::array({value.first, value.second});
}

Json toJson(const std::shared_ptr<const std::string> &value)
{
    return redactedJson(*value);
}

template<Described T>
Json toJson(const T &value);

template<class T>
Json toJson(const std::vector<T> &value)
{
    Json array = Json::array();
    for (const T &element : value)
        array.push_back(toJson(element));
    return array;
}

template<class T>
Json toJson(const std::optional<T> &value)
{
    return toJson(*value);
}

template<class T>
bool isDefault(const std::vector<T> &value)
{
    return value.empty();
}

template<class T>
bool isDefault(const std::optional<T> &value)
{
    return !value.has_value();
}

bool isDefault(const std::string &value)
{
    return value.empty();
}

bool isDefault(const Labels &value)
{
    return value.empty();
}

bool isDefault(WallTime value)
{
    return value == WallTime{};
}

bool isDefault(const std::shared_ptr<const std::string> &value)
{
    return !value;
}

template<std::integral Int>
bool isDefault(Int value)
{
    return value == Int{};
}

/// What has no zero that every reader would guess is always written.
template<class T>
requires(!std::integral<T>) bool isDefault(const T &)
{
    return false;
}

struct FieldWriter
{
    Json object = Json::object();

    template<class T>
    void operator()(const char *name, const T &value)
    {
        if (!isDefault(value))
            object[name] = toJson(value);
    }

    template<class T>
    void operator()(const char *name, const T &value, T usual)
    {
        if (value != usual)
            object[name] = toJson(value);
    }
};

template<Described T>
Json toJson(const T &value)
{
    FieldWriter writer;
    describe(writer, value);
    return std::move(writer.object);
}

/// Lines on their way out: counted, digested, packed.
class LineWriter
{
public:
    explicit LineWriter(GzipWriter::Sink sink) : m_gzip(std::move(sink)) {}

    template<class T>
    void add(std::string_view key, const T &value)
    {
        if (!m_outcome)
            return;
        Json line = Json::object();
        line[std::string(key)] = toJson(value);
        // Output of probes may be any bytes: what is no UTF-8 becomes U+FFFD.
        const std::string text = line.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
        m_digest.addData(QByteArrayView(text.data(), qsizetype(text.size())));
        ++m_lines;
        m_outcome = m_gzip.append(text);
    }

    template<class T>
    void addAll(const ObjectTable<T> &table)
    {
        for (const auto &object : table)
            add(lineKey<T>, *object);
    }

    Result<void> finish()
    {
        add(trailerKey, Trailer{m_lines, m_digest.result().toHex().toStdString()});
        return m_outcome ? m_gzip.finish() : m_outcome;
    }

private:
    GzipWriter m_gzip;
    QCryptographicHash m_digest{QCryptographicHash::Sha256};
    std::int64_t m_lines = 0;
    Result<void> m_outcome;
};

} // namespace

Result<void> write(const ClusterState &state, WallTime recordedAt,
                   const std::function<Result<void>(std::string_view packed)> &sink)
{
    LineWriter writer(sink);
    writer.add(headerKey, Header{formatVersion, state.info.contextName, state.info.serverVersion,
                                 redactedUrl(state.info.serverUrl), recordedAt});
    writer.addAll(state.namespaces);
    writer.addAll(state.nodes);
    writer.addAll(state.pods);
    writer.addAll(state.services);
    writer.addAll(state.endpointSlices);
    writer.addAll(state.networkPolicies);
    writer.addAll(state.ingresses);
    writer.addAll(state.workloads);
    writer.addAll(state.events);
    writer.addAll(state.others);
    for (const ReadGap &gap : state.gaps)
        writer.add(gapKey, gap);
    for (const ProbeResult &probe : state.probes)
        writer.add(probeKey, probe);
    if (state.flows) {
        writer.add(flowLogKey, *state.flows);
        for (const ObservedFlow &flow : state.flows->flows)
            writer.add(flowKey, flow);
    }
    return writer.finish();
}

} // namespace portolan::snapshot
