#pragma once

#include "model/cluster/cluster_state.h"

#include <type_traits>

/// Fills and compares whole objects member by member. Each type is taken apart once, by a structured
/// binding: a member that is added to a type does not compile here until it is named, and is then filled
/// and compared like all others.
namespace portolan::snapshot_tests {

#define PORTOLAN_MEMBERS(T, ...)                                                                             \
    template<class Value, class Use>                                                                         \
    requires std::same_as<std::remove_const_t<Value>, T>                                                     \
    auto members(Value &value, Use use)                                                                      \
    {                                                                                                        \
        auto &[__VA_ARGS__] = value;                                                                         \
        return use(__VA_ARGS__);                                                                             \
    }
PORTOLAN_MEMBERS(OwnerRef, a, b, c)
PORTOLAN_MEMBERS(ObjectMeta, a, b, c, d, e, f, g, h)
PORTOLAN_MEMBERS(Namespace, a, b)
PORTOLAN_MEMBERS(Node, a, b, c, d, e, f, g, h, i, j, k)
PORTOLAN_MEMBERS(ContainerPort, a, b, c)
PORTOLAN_MEMBERS(Container, a, b, c, d, e, f, g, h)
PORTOLAN_MEMBERS(Pod, a, b, c, d, e, f, g, h, i, j, k)
PORTOLAN_MEMBERS(ServicePort, a, b, c, d, e, f)
PORTOLAN_MEMBERS(Service, a, b, c, d, e, f, g, h, i, j, k, l)
PORTOLAN_MEMBERS(Endpoint, a, b, c, d, e, f, g)
PORTOLAN_MEMBERS(EndpointPort, a, b, c)
PORTOLAN_MEMBERS(EndpointSlice, a, b, c, d, e, f)
PORTOLAN_MEMBERS(LabelRequirement, a, b, c)
PORTOLAN_MEMBERS(LabelSelector, a, b)
PORTOLAN_MEMBERS(IpBlock, a, b)
PORTOLAN_MEMBERS(PolicyPeer, a, b, c)
PORTOLAN_MEMBERS(PolicyPort, a, b, c)
PORTOLAN_MEMBERS(PolicyRule, a, b)
PORTOLAN_MEMBERS(NetworkPolicy, a, b, c, d, e, f, g)
PORTOLAN_MEMBERS(IngressBackend, a, b)
PORTOLAN_MEMBERS(IngressPath, a, b, c, d)
PORTOLAN_MEMBERS(Ingress, a, b, c, d, e, f)
PORTOLAN_MEMBERS(Workload, a, b, c, d, e, f)
PORTOLAN_MEMBERS(ClusterEvent, a, b, c, d, e, f, g, h, i)
PORTOLAN_MEMBERS(ApiObject, a, b, c, d, e)
PORTOLAN_MEMBERS(ResourceType, a, b, c, d, e)
PORTOLAN_MEMBERS(Error, a, b, c)
PORTOLAN_MEMBERS(ReadGap, a, b, c)
PORTOLAN_MEMBERS(ObjectRef, a, b, c, d)
PORTOLAN_MEMBERS(ProbeRequest, a, b, c, d, e, f)
PORTOLAN_MEMBERS(ProbeStep, a, b, c, d, e, f, g, h, i, j)
PORTOLAN_MEMBERS(ProbeResult, a, b, c, d, e, f, g)
PORTOLAN_MEMBERS(ObservedFlow, a, b, c, d, e, f, g, h, i, j)
PORTOLAN_MEMBERS(FlowLogPart, a, b, c, d, e)
#undef PORTOLAN_MEMBERS

template<class T>
concept Taken = requires(T &value)
{
    members(value, [](auto &...) {});
};

/// Gives every member a value that is neither its default nor that of another member.
class Filler
{
public:
    explicit Filler(int seed) : m_next(seed) {}

    void fill(std::string &value) { value = "text \"" + std::to_string(m_next++) + "\"\n\t\\ é 값 \x01"; }
    void fill(bool &value) { value = !value; }
    void fill(WallTime &value)
    {
        value = WallTime(std::chrono::milliseconds(1'700'000'000'123 + 1000L * m_next++));
    }
    void fill(std::chrono::microseconds &value) { value = std::chrono::microseconds(m_next++); }
    void fill(std::shared_ptr<const std::string> &value)
    {
        value = std::make_shared<const std::string>("{\"spec\":{\"n\":" + std::to_string(m_next++) + "}}");
    }
    void fill(Labels &value) { value = Labels({{text(), text()}, {text(), ""}}); }
    void fill(Labels::Entry &value) { value = {text(), text()}; }
    void fill(PortRef &value)
    {
        if (++m_next % 2 == 0)
            value = std::uint16_t(m_next);
        else
            value = text();
    }

    template<std::integral Int>
    void fill(Int &value)
    {
        value = Int(++m_next);
    }

    template<class Enum>
    requires std::is_enum_v<Enum>
    void fill(Enum &value) { value = Enum(value == Enum(1) ? 2 : 1); }

    template<class T>
    void fill(std::vector<T> &value)
    {
        value.resize(2);
        for (T &element : value)
            fill(element);
    }

    template<class T>
    void fill(std::optional<T> &value)
    {
        fill(value.emplace());
    }

    template<Taken T>
    void fill(T &value)
    {
        members(value, [&](auto &...member) { (fill(member), ...); });
    }

private:
    std::string text()
    {
        std::string value;
        fill(value);
        return value;
    }

    int m_next;
};

template<class T>
bool same(const T &a, const T &b);

template<class T>
bool same(const std::vector<T> &a, const std::vector<T> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const T &x, const T &y) { return same(x, y); });
}

template<class T>
bool same(const std::optional<T> &a, const std::optional<T> &b)
{
    return a.has_value() == b.has_value() && (!a || same(*a, *b));
}

template<class T>
bool same(const std::shared_ptr<const T> &a, const std::shared_ptr<const T> &b)
{
    return bool(a) == bool(b) && (!a || same(*a, *b));
}

template<class T>
bool same(const T &a, const T &b)
{
    if constexpr (Taken<const T>) {
        return members(a, [&b](const auto &...left) {
            return members(b, [&](const auto &...right) { return (same(left, right) && ...); });
        });
    } else {
        return a == b;
    }
}

} // namespace portolan::snapshot_tests
