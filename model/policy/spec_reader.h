#pragma once

#include "model/cluster/label_selector.h"

#include "model/policy/ordered_policies.h"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portolan::policy {

/// Reads one policy object field by field and reports what is odd with its path. Internal to the compilers.
///
/// null means absent, as everywhere in Kubernetes. A wrong type, an unknown field and a value out of range
/// are faults; after the first one faulty() is true, so that a compiler can make the part that it read
/// unknown:
///
///     const auto mark = field.faultCount();
///     … read a rule …
///     if (field.faultCount() != mark) … the rule is not understood …
class SpecField
{
public:
    SpecField(const nlohmann::json &value, std::string path, const ObjectRef &object, OrderedPolicies &out);

    const std::string &path() const { return m_path; }
    const nlohmann::json &json() const { return *m_value; }
    bool isAbsent() const;
    explicit operator bool() const { return !isAbsent(); }
    std::size_t faultCount() const { return m_out->faults.size(); }
    void fault(std::string text) const;
    const ObjectRef &object() const { return *m_object; }

    /// A member of an object; absent where there is none. A fault where this is no object.
    SpecField at(std::string_view key) const;
    /// Reports every member that is not among `known`.
    void onlyKnows(std::initializer_list<std::string_view> known) const;
    /// The elements of a list; {} where it is absent. A fault where it is no list.
    std::vector<SpecField> elements() const;
    /// The members of an object in key order.
    std::vector<std::pair<std::string, SpecField>> members() const;
    bool isObject() const;
    bool isText() const;
    bool isNumber() const;

    std::string text(std::string fallback = {}) const;
    std::vector<std::string> texts() const;
    bool boolean(bool fallback) const;
    /// A whole number from `least` to `most`, or nothing and a fault.
    std::optional<std::int64_t> number(std::int64_t least, std::int64_t most) const;
    /// Any finite number (Calico's order).
    std::optional<double> real() const;
    /// A network or an address.
    std::optional<IpRange> network() const;
    /// metav1.LabelSelector. An operator that is not known is a fault, and the part that it is in Maybe.
    Predicate labelSelector(TextOf what) const;
    /// "TCP", "UDP", "SCTP", "ICMP", "ICMPv6", "UDPLite", any case where `anyCase`; or a number 1 to 255.
    std::optional<IpProtocol> protocol(bool anyCase = false) const;

private:
    const nlohmann::json *m_value;
    std::string m_path;
    const ObjectRef *m_object;
    OrderedPolicies *m_out;
};

/// A LabelSelector as a Predicate.
Predicate selectorPredicate(const LabelSelector &selector, TextOf what);

/// Parses an object's JSON and calls `read` with its root. A fault where it does not parse; false then.
/// Bounded: 16 MiB of text, 100 levels.
bool readSpec(const ObjectRef &object, const std::shared_ptr<const std::string> &json, OrderedPolicies &out,
              const std::function<void(const SpecField &root)> &read);
bool readSpec(const ApiObject &object, OrderedPolicies &out,
              const std::function<void(const SpecField &root)> &read);

/// "NetworkPolicy shop/odd is not understood: spec.egress[1]", by the first fault since `mark`.
std::string notUnderstood(const ObjectRef &object, const OrderedPolicies &out, std::size_t mark);

/// The networks of a list; a fault for each entry that is none.
std::vector<IpRange> networksOf(const SpecField &list);

} // namespace portolan::policy
