#include "model/policy/endpoint_classes.h"

#include "model/cluster/objects.h"

#include <algorithm>
#include <functional>
#include <unordered_set>

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

bool EndpointClasses::PortsLess::operator()(const std::vector<ContainerPort> &a,
                                            const std::vector<ContainerPort> &b) const
{
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), portLess);
}

Mentions::Mentions(const OrderedPolicies &policies)
{
    std::unordered_set<Predicate> seen;
    const std::function<void(const Predicate &)> visit = [&](const Predicate &predicate) {
        if (predicate.op() == Predicate::Op::Always || !seen.insert(predicate).second)
            return;
        addLeaf(predicate);
        for (const Predicate &part : predicate.parts())
            visit(part);
    };
    for (const Policy &policy : policies.policies) {
        visit(policy.subject);
        for (const auto &rules : policy.rules) {
            for (const Rule &rule : rules) {
                visit(rule.peer);
                visit(rule.subject);
                for (const TrafficMatch &match : rule.traffic) {
                    for (const NamedPort &named : match.named)
                        portNames.insert(named.name);
                }
            }
        }
    }
}

void Mentions::addLeaf(const Predicate &predicate)
{
    if (predicate.op() == Predicate::Op::Text)
        texts.emplace(predicate.textOf(), predicate.key());
    blocks.insert(predicate.blocks().begin(), predicate.blocks().end());
}

std::size_t EndpointClasses::KeyHash::operator()(const Key &key) const noexcept
{
    std::size_t seed = 0;
    for (const std::uint32_t part : key)
        seed ^= part + 0x9e3779b97f4a7c15ULL + (seed << 6) + (seed >> 2);
    return seed;
}

EndpointClasses::EndpointClasses(std::shared_ptr<const EndpointTable> table, Mentions mentions)
    : m_table(std::move(table)),
      m_mentions(std::move(mentions)),
      m_values(2)
{
    for (const auto &[what, key] : m_mentions.texts) {
        if (what == TextOf::OwnLabel)
            m_ownKeys.push_back(key);
        m_mentionsName |= what == TextOf::Name;
        m_mentionsNode |= what == TextOf::NodeName;
        m_mentionsAccount |= what == TextOf::ServiceAccountName || what == TextOf::ServiceAccountLabel;
    }
    cutAddressSpace();
    classifyPods();
    classifyHosts();
    classifyOutside();
    fillColumns();
    sortAddresses();
}

/// Every address between two cuts lies in the same blocks.
void EndpointClasses::cutAddressSpace()
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

void EndpointClasses::sortAddresses()
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

std::uint32_t EndpointClasses::partOf(const IpRange::Address &address) const
{
    if (m_cuts.empty())
        return 0;
    return std::uint32_t(std::upper_bound(m_cuts.begin(), m_cuts.end(), address) - m_cuts.begin() - 1);
}

std::uint32_t EndpointClasses::intern(std::string_view text)
{
    const auto known = m_valueIds.find(text);
    if (known != m_valueIds.end())
        return known->second;
    m_values.emplace_back(text);
    const auto id = std::uint32_t(m_values.size() - 1);
    m_valueIds.emplace(m_values.back(), id);
    return id;
}

std::uint32_t EndpointClasses::valueOf(const std::string &text) const
{
    const auto known = m_valueIds.find(text);
    return known == m_valueIds.end() ? absent : known->second;
}

std::uint32_t EndpointClasses::labelProjection(const Labels &labels)
{
    // Equal sets are shared between pods: mostly this is one look-up.
    const auto [known, isNew] = m_projectionOf.try_emplace(&labels.entries(), 0);
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
        m_projectionValues.push_back(&entry->first);
    return known->second = entry->second;
}

std::uint32_t EndpointClasses::portProjection(const Pod &pod)
{
    if (m_mentions.portNames.empty())
        return 0;
    m_podPorts.clear();
    for (const Container &container : pod.containers) {
        for (const ContainerPort &port : container.ports) {
            if (!port.name.empty() && container.role != Container::Role::Ephemeral &&
                m_mentions.portNames.contains(port.name))
                m_podPorts.push_back(&port);
        }
    }
    if (m_podPorts.empty())
        return 0;
    // Pods of one workload stand side by side and have the same ports.
    const bool asBefore =
        std::equal(m_podPorts.begin(), m_podPorts.end(), m_lastPorts.begin(), m_lastPorts.end(),
                   [](const ContainerPort *a, const ContainerPort &b) { return *a == b; });
    if (asBefore)
        return m_lastPortSet;
    m_lastPorts.clear();
    for (const ContainerPort *port : m_podPorts)
        m_lastPorts.push_back(*port);
    std::vector<ContainerPort> sorted = m_lastPorts;
    std::sort(sorted.begin(), sorted.end(), portLess);
    m_lastPortSet =
        m_portSets.try_emplace(std::move(sorted), std::uint32_t(m_portSets.size() + 1)).first->second;
    return m_lastPortSet;
}

ClassId EndpointClasses::classifyPod(const Pod &pod, EndpointId id, const std::string *address,
                                     std::uint32_t index, std::unordered_map<Key, ClassId, KeyHash> &known)
{
    std::optional<IpRange::Address> where;
    std::uint32_t part = 0;
    if (!m_cuts.empty()) {
        const auto range = address ? IpRange::parse(*address) : std::nullopt;
        if (range)
            where = range->first();
        part = range ? partOf(*where) : unknownPart;
    }
    Class made;
    made.endpoint = id;
    made.address = index;
    made.labels = labelProjection(pod.meta.labels);
    made.ports = portProjection(pod);
    made.where = where;
    const Key key{made.labels,
                  made.ports,
                  part,
                  m_mentionsAccount ? intern(pod.serviceAccount) : 0,
                  m_mentionsNode ? intern(pod.nodeName) : 0,
                  m_mentionsName ? intern(pod.meta.name) : 0};
    const auto [entry, isNew] = known.try_emplace(key, ClassId(m_classes.size()));
    if (isNew)
        m_classes.push_back(std::move(made));
    return entry->second;
}

void EndpointClasses::classifyPods()
{
    std::unordered_map<Key, ClassId, KeyHash> known; // of the namespace at hand
    const std::string *ns = nullptr;
    ClassId first = 0;
    m_firstClass.reserve(m_table->size());
    const auto closeNamespace = [&] {
        if (ns)
            m_byNamespace[*ns] = {first, ClassId(m_classes.size())};
    };
    for (EndpointId id = 0; id < m_table->podCount(); ++id) {
        const Pod &pod = m_table->pod(id);
        if (!ns || *ns != pod.meta.ns) {
            closeNamespace();
            ns = &pod.meta.ns;
            first = ClassId(m_classes.size());
            known.clear();
        }
        const ClassId one = classifyPod(pod, id, pod.ips.empty() ? nullptr : pod.ips.data(), 0, known);
        m_firstClass.push_back(one);
        ++m_classes[one].pods;
        for (std::uint32_t a = 1; a < pod.ips.size(); ++a)
            m_otherClasses[id].push_back(classifyPod(pod, id, &pod.ips[a], a, known));
    }
    closeNamespace();
    m_podClasses = count();
}

void EndpointClasses::classifyHosts()
{
    for (EndpointId id = EndpointId(m_table->podCount()); id < m_table->size(); ++id) {
        const Endpoint endpoint = m_table->endpoint(id);
        for (std::uint32_t a = 0; a < std::max<std::size_t>(endpoint.addresses.size(), 1); ++a) {
            Class made;
            made.endpoint = id;
            made.address = a;
            made.kind = endpoint.kind;
            if (a < endpoint.addresses.size())
                made.where = endpoint.addresses[a];
            if (a == 0)
                m_firstClass.push_back(count());
            else
                m_otherClasses[id].push_back(count());
            m_classes.push_back(std::move(made));
        }
    }
}

void EndpointClasses::classifyOutside()
{
    const std::size_t parts = std::max<std::size_t>(m_cuts.size(), 1);
    if (parts > mostOutsideClasses)
        return;
    for (std::size_t part = 0; part < parts; ++part) {
        Class made;
        made.kind = EndpointKind::External;
        made.where = m_cuts.empty() ? IpRange::Address{} : m_cuts[part];
        m_outside.push_back(count());
        m_classes.push_back(std::move(made));
    }
}

ClassId EndpointClasses::classOf(EndpointId id, std::size_t address) const
{
    if (address == 0)
        return m_firstClass[id];
    return m_otherClasses.at(id)[address - 1];
}

ClassId EndpointClasses::classOfOutside(const IpRange::Address &address) const
{
    return m_outside.empty() ? noClass : m_outside[partOf(address)];
}

std::vector<std::pair<IpRange::Address, IpRange::Address>> EndpointClasses::addressParts() const
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

Endpoint EndpointClasses::representative(ClassId id) const
{
    const Class &c = m_classes[id];
    return c.endpoint == noEndpoint ? EndpointTable::external(*c.where) : m_table->endpoint(c.endpoint);
}

std::pair<ClassId, ClassId> EndpointClasses::classesOfNamespace(const std::string &name) const
{
    const auto found = m_byNamespace.find(name);
    return found == m_byNamespace.end() ? std::pair<ClassId, ClassId>{} : found->second;
}

std::uint32_t EndpointClasses::valueFor(const Endpoint &endpoint, TextOf what, const std::string &key)
{
    const TextRead found = readText(endpoint, what, key);
    if (!found.isKnown)
        return unknown;
    return found.text ? intern(*found.text) : absent;
}

void EndpointClasses::fillColumns()
{
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
            column.push_back((*m_projectionValues[m_classes[c].labels])[own]);
        ++own;
    }
    // Texts of the namespace are the same for all its classes: looked up once.
    std::vector<std::uint32_t> last(otherTexts.size());
    const Pod *before = nullptr;
    for (ClassId c = 0; c < count(); ++c) {
        const bool isPod = c < m_podClasses;
        const Pod *pod = isPod ? &m_table->pod(m_classes[c].endpoint) : nullptr;
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

const std::vector<std::uint32_t> &EndpointClasses::column(TextOf what, const std::string &key) const
{
    return m_columns.at({what, key});
}

} // namespace portolan::policy
