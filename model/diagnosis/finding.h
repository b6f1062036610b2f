#pragma once

#include "model/cluster/cluster_state.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portolan {

namespace policy {
class PolicyModel;
}

enum class Severity : std::uint8_t { Problem, Warning, Note };

/// Something that the chart noticed, as a value: ui turns `rule` and `facts` into words.
struct Finding
{
    std::string_view rule; ///< stable key: "service-without-endpoints"
    Severity severity = Severity::Note;
    ObjectRef object; ///< what it is about
    std::vector<ObjectRef> evidence;
    std::vector<std::pair<std::string, std::string>> facts; ///< named values for the sentence
    friend bool operator==(const Finding &, const Finding &) = default;
};

/// All rules over the state that `policies` were made of, ordered by severity, rule, object; contradictions
/// between policies and probes before everything else. Pure and thread-safe.
std::vector<Finding> findFindings(const policy::PolicyModel &policies);

} // namespace portolan
