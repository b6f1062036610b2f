#include "model/policy/class_traits.h"

#include "model/cluster/objects.h"

#include <algorithm>
#include <tuple>

namespace portolan::policy {

namespace {

constexpr std::uint32_t unknownPart = std::numeric_limits<std::uint32_t>::max();

/// The address after this one; nothing past the last.
std::optional<IpRange::Address> next(IpRange::Address address)
{
    for (std::size_t byte = address.v6 ? 16 : 4; byte-- > 0;) {
        if (++address.bytes[byte] != 0)
            return address;
    }
    return std::nullopt;
}

/// Precondition: it is not the first of its family.
IpRange::Address before(IpRange::Address address)
{
    for (std::size_t byte = address.v6 ? 16 : 4; byte-- > 0;) {
        if (address.bytes[byte]-- != 0)
            break;
    }
    return address;
}

bool portLess(const ContainerPort &a, const ContainerPort &b)
{
    return std::tie(a.name, a.number, a.protocol) < std::tie(b.name, b.number, b.protocol);
}

} // namespace

bool ClassTraits::PortsLess::operator()(const std::vector<ContainerPort> &a,
                                        const std::vector<ContainerPort> &b) const
{
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), portLess);
}

struct ClassTraits::Building
{
    struct KeyHash
    {
        std::size_t operator()(const Key &key) const noexcept
        {
            std::size_t seed = 0;
            for (const std::uint32_t part : key)
                seed ^= part + 0x9e3779b97f4a7c15ULL + (seed << 6) + (seed >> 2);
            return seed;
        }
    };

    const EndpointTable &table;
    ClassMembers &members;
    std::vector<EndpointId> firstMember;             ///< by class; noEndpoint: outside
    std::unordered_map<Key, ClassId, KeyHash> known; ///< of the namespace at hand
    std::unordered_map<const void *, std::uint32_t> projectionOf;
    std::vector<const std::vector<std::uint32_t> *> projectionValues;
    std::vector<const ContainerPort *> podPorts; ///< of the pod at hand, those that are mentioned
    std::vector<ContainerPort> lastPorts;
    std::uint32_t lastPortSet = 0;
};

ClassTraits::ClassTraits(const EndpointTable &table, Mentions mentions, ClassMembers &members)
    : m_mentions(std::move(mentions)),
      m_values(2)
{
    for (const auto &[what, key] : m_mentions.texts) {
        if (what == TextOf::OwnLabel)
            m_ownKeys.push_back(key);
        m_mentionsName |= what == TextOf::Name;
        m_mentionsNode |= what == TextOf::NodeName;
        m_mentionsAccount |= what == TextOf::ServiceAccountName || what == TextOf::ServiceAccountLabel;
    }
    Building building{table, members, {}, {}, {}, {}, {}, {}, 0};
    cutAddressSpace();
    classifyPods(building);
    classifyHosts(building);
    members.begins.push_back(std::uint32_t(members.classes.size()));
    classifyOutside();
    building.firstMember.resize(count(), noEndpoint);
    fillColumns(building);
    sortAddresses();
}

/// Every address between two cuts lies in the same blocks.
void ClassTraits::cutAddressSpace()
{
    if (m_mentions.blocks.empty())
        return;
    m_cuts.push_back({false, {}});
    m_cuts.push_back({true, {}});
    for (const IpRange &block : m_mentions.blocks) {
        m_cuts.push_back(block.first());
        if (const auto after = next(block.last()))
            m_cuts.push_back(*after);
    }
    std::sort(m_cuts.begin(), m_cuts.end());
    m_cuts.erase(std::unique(m_cuts.begin(), m_cuts.end()), m_cuts.end());
}

void ClassTraits::sortAddresses()
{
    if (m_cuts.empty())
        return;
    for (ClassId c = 0; c < count(); ++c) {
        if (m_classes[c].where)
            m_byAddress.emplace_back(*m_classes[c].where, c);
        else
            m_withoutAddress.push_back(c);
    }
    std::sort(m_byAddress.begin(), m_byAddress.end());
}

std::uint32_t ClassTraits::partOf(const IpRange::Address &address) const
{
    if (m_cuts.empty())
        return 0;
    return std::uint32_t(std::upper_bound(m_cuts.begin(), m_cuts.end(), address) - m_cuts.begin() - 1);
}

std::uint32_t ClassTraits::intern(std::string_view text)
{
    const auto known = m_valueIds.find(text);
    if (known != m_valueIds.end())
        return known->second;
    m_values.emplace_back(text);
    const auto id = std::uint32_t(m_values.size() - 1);
    m_valueIds.emplace(m_values.back(), id);
    return id;
}

std::uint32_t ClassTraits::valueOf(std::string_view text) const
{
    const auto known = m_valueIds.find(text);
    return known == m_valueIds.end() ? absent : known->second;
}

std::uint32_t ClassTraits::labelProjection(const Labels &labels, Building &building)
{
    // Equal sets are shared between pods: mostly this is one look-up.
    const auto [known, isNew] = building.projectionOf.try_emplace(&labels.entries(), 0);
    if (!isNew)
        return known->second;
    std::vector<std::uint32_t> values;
    values.reserve(m_ownKeys.size());
    for (const std::string &key : m_ownKeys) {
        const std::string *value = labels.find(key);
        values.push_back(value ? intern(*value) : absent);
    }
    const auto [entry, added] =
        m_projections.try_emplace(std::move(values), std::uint32_t(m_projections.size()));
    if (added)
        building.projectionValues.push_back(&entry->first);
    return known->second = entry->second;
}

bool ClassTraits::isMentioned(const Container &container, const ContainerPort &port) const
{
    return !port.name.empty() && container.role != Container::Role::Ephemeral &&
           m_mentions.portNames.contains(port.name);
}

std::uint32_t ClassTraits::portProjection(const Pod &pod, Building &building)
{
    if (m_mentions.portNames.empty())
        return 0;
    building.podPorts.clear();
    for (const Container &container : pod.containers) {
        for (const ContainerPort &port : container.ports) {
            if (isMentioned(container, port))
                building.podPorts.push_back(&port);
        }
    }
    if (building.podPorts.empty())
        return 0;
    // Pods of one workload stand side by side and have the same ports.
    const bool asBefore = std::equal(building.podPorts.begin(), building.podPorts.end(),
                                     building.lastPorts.begin(), building.lastPorts.end(),
                                     [](const ContainerPort *a, const ContainerPort &b) { return *a == b; });
    if (asBefore)
        return building.lastPortSet;
    building.lastPorts.clear();
    for (const ContainerPort *port : building.podPorts)
        building.lastPorts.push_back(*port);
    std::vector<ContainerPort> sorted = building.lastPorts;
    std::sort(sorted.begin(), sorted.end(), portLess);
    building.lastPortSet =
        m_portSets.try_emplace(std::move(sorted), std::uint32_t(m_portSets.size() + 1)).first->second;
    return building.lastPortSet;
}

ClassId ClassTraits::classifyPod(const Pod &pod, EndpointId id, std::uint32_t address, Building &building)
{
    Class made;
    std::uint32_t part = 0;
    if (!m_cuts.empty()) {
        const auto range = address < pod.ips.size() ? IpRange::parse(pod.ips[address]) : std::nullopt;
        if (range)
            made.where = range->first();
        part = range ? partOf(*made.where) : unknownPart;
    }
    made.key = {labelProjection(pod.meta.labels, building),
                portProjection(pod, building),
                part,
                m_mentionsAccount ? intern(pod.serviceAccount) : 0,
                m_mentionsNode ? intern(pod.nodeName) : 0,
                m_mentionsName ? intern(pod.meta.name) : 0};
    const auto [entry, isNew] = building.known.try_emplace(made.key, count());
    if (isNew) {
        m_classes.push_back(made);
        building.firstMember.push_back(id);
    }
    return entry->second;
}

void ClassTraits::classifyPods(Building &building)
{
    const EndpointTable &table = building.table;
    const std::string *ns = nullptr;
    ClassId first = 0;
    building.members.begins.reserve(table.size() + 1);
    building.members.classes.reserve(table.size());
    const auto closeNamespace = [&] {
        if (ns)
            m_byNamespace[*ns] = {first, count()};
    };
    for (EndpointId id = 0; id < table.podCount(); ++id) {
        const Pod &pod = table.pod(id);
        if (!ns || *ns != pod.meta.ns) {
            closeNamespace();
            ns = &pod.meta.ns;
            first = count();
            building.known.clear();
        }
        building.members.begins.push_back(std::uint32_t(building.members.classes.size()));
        for (std::uint32_t a = 0; a < std::max<std::size_t>(pod.ips.size(), 1); ++a)
            building.members.classes.push_back(classifyPod(pod, id, a, building));
    }
    closeNamespace();
    m_podClasses = count();
}

void ClassTraits::classifyHosts(Building &building)
{
    const EndpointTable &table = building.table;
    for (auto id = EndpointId(table.podCount()); id < table.size(); ++id) {
        const Endpoint endpoint = table.endpoint(id);
        building.members.begins.push_back(std::uint32_t(building.members.classes.size()));
        for (std::size_t a = 0; a < std::max<std::size_t>(endpoint.addresses.size(), 1); ++a) {
            Class made;
            made.kind = endpoint.kind;
            if (a < endpoint.addresses.size())
                made.where = endpoint.addresses[a];
            building.members.classes.push_back(count());
            building.firstMember.push_back(id);
            m_classes.push_back(made);
        }
    }
}

std::optional<std::vector<std::uint32_t>> ClassTraits::knownValues(const Labels &labels) const
{
    std::vector<std::uint32_t> values;
    for (const std::string &key : m_ownKeys) {
        const std::string *value = labels.find(key);
        values.push_back(value ? valueOf(*value) : absent);
        if (value && values.back() == absent)
            return std::nullopt;
    }
    return values;
}

std::optional<std::uint32_t> ClassTraits::knownPorts(const Pod &pod) const
{
    std::vector<ContainerPort> ports;
    for (const Container &container : pod.containers) {
        for (const ContainerPort &port : container.ports) {
            if (isMentioned(container, port))
                ports.push_back(port);
        }
    }
    if (ports.empty())
        return 0;
    std::sort(ports.begin(), ports.end(), portLess);
    const auto known = m_portSets.find(ports);
    return known == m_portSets.end() ? std::nullopt : std::optional(known->second);
}

ClassId ClassTraits::classLike(const Pod &pod, std::size_t address) const
{
    const auto values = knownValues(pod.meta.labels);
    const auto projection = values ? m_projections.find(*values) : m_projections.end();
    const auto ports = knownPorts(pod);
    if (projection == m_projections.end() || !ports)
        return noClass;
    Key key{projection->second, *ports, 0, 0, 0, 0};
    if (!m_cuts.empty()) {
        const auto range = address < pod.ips.size() ? IpRange::parse(pod.ips[address]) : std::nullopt;
        key[2] = range ? partOf(range->first()) : unknownPart;
    }
    // A value that is not known is `absent`, which is no pod's number.
    key[3] = m_mentionsAccount ? valueOf(pod.serviceAccount) : 0;
    key[4] = m_mentionsNode ? valueOf(pod.nodeName) : 0;
    key[5] = m_mentionsName ? valueOf(pod.meta.name) : 0;
    const auto [first, end] = classesOfNamespace(pod.meta.ns);
    for (ClassId c = first; c < end; ++c) {
        if (m_classes[c].key == key)
            return c;
    }
    return noClass;
}

void ClassTraits::classifyOutside()
{
    const std::size_t parts = std::max<std::size_t>(m_cuts.size(), 1);
    if (parts > mostOutsideClasses)
        return;
    for (std::size_t part = 0; part < parts; ++part) {
        Class made;
        made.kind = EndpointKind::External;
        made.where = m_cuts.empty() ? IpRange::Address{} : m_cuts[part];
        m_outside.push_back(count());
        m_classes.push_back(made);
    }
}

ClassId ClassTraits::classOfOutside(const IpRange::Address &address) const
{
    return m_outside.empty() ? noClass : m_outside[partOf(address)];
}

std::vector<std::pair<IpRange::Address, IpRange::Address>> ClassTraits::addressParts() const
{
    std::vector<std::pair<IpRange::Address, IpRange::Address>> parts;
    if (m_outside.empty())
        return parts;
    std::vector<IpRange::Address> cuts = m_cuts;
    if (cuts.empty())
        cuts = {{false, {}}, {true, {}}};
    for (std::size_t i = 0; i < cuts.size(); ++i) {
        const bool isLast = i + 1 == cuts.size() || cuts[i + 1].v6 != cuts[i].v6;
        IpRange::Address end{cuts[i].v6, {}};
        if (isLast)
            std::fill_n(end.bytes.begin(), end.v6 ? 16 : 4, std::uint8_t(255));
        else
            end = before(cuts[i + 1]);
        parts.emplace_back(cuts[i], end);
    }
    return parts;
}

std::pair<ClassId, ClassId> ClassTraits::classesOfNamespace(const std::string &name) const
{
    const auto found = m_byNamespace.find(name);
    return found == m_byNamespace.end() ? std::pair<ClassId, ClassId>{} : found->second;
}

std::uint32_t ClassTraits::valueFor(const Endpoint &endpoint, TextOf what, const std::string &key)
{
    const TextRead found = readText(endpoint, what, key);
    if (!found.isKnown)
        return unknown;
    return found.text ? intern(*found.text) : absent;
}

void ClassTraits::fillColumns(const Building &building)
{
    const EndpointTable &table = building.table;
    const auto representative = [&](ClassId c) {
        const EndpointId id = building.firstMember[c];
        return id == noEndpoint ? EndpointTable::external(*m_classes[c].where) : table.endpoint(id);
    };
    std::vector<std::vector<std::uint32_t> *> others;
    std::vector<std::pair<TextOf, std::string>> otherTexts;
    std::size_t own = 0;
    for (const auto &text : m_mentions.texts) {
        std::vector<std::uint32_t> &column = m_columns[text];
        column.reserve(count());
        if (text.first != TextOf::OwnLabel) {
            others.push_back(&column);
            otherTexts.push_back(text);
            continue;
        }
        for (ClassId c = 0; c < m_podClasses; ++c)
            column.push_back((*building.projectionValues[m_classes[c].key[0]])[own]);
        ++own;
    }
    // Texts of the namespace are the same for all its classes: looked up once.
    std::vector<std::uint32_t> last(otherTexts.size());
    const Pod *before = nullptr;
    for (ClassId c = 0; c < count(); ++c) {
        const bool isPod = c < m_podClasses;
        const Pod *pod = isPod ? &table.pod(building.firstMember[c]) : nullptr;
        const bool sameNamespace = pod && before && pod->meta.ns == before->meta.ns;
        before = pod;
        std::optional<Endpoint> endpoint;
        for (std::size_t t = 0; t < otherTexts.size(); ++t) {
            const TextOf what = otherTexts[t].first;
            const bool ofNamespace = what == TextOf::NamespaceLabel || what == TextOf::NamespaceName;
            if (!(sameNamespace && ofNamespace)) {
                if (!endpoint)
                    endpoint = representative(c);
                last[t] = valueFor(*endpoint, what, otherTexts[t].second);
            }
            others[t]->push_back(last[t]);
        }
        if (isPod)
            continue;
        endpoint = representative(c);
        for (const std::string &key : m_ownKeys)
            m_columns[{TextOf::OwnLabel, key}].push_back(valueFor(*endpoint, TextOf::OwnLabel, key));
    }
}

const std::vector<std::uint32_t> &ClassTraits::column(TextOf what, const std::string &key) const
{
    return m_columns.at({what, key});
}

} // namespace portolan::policy
