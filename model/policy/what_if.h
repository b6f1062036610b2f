#pragma once

#include "model/policy/policy_flips.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// What policies would do if they were not as they are. Nothing here writes to a cluster.
namespace portolan::policy {

/// Something in the edited text that was not taken, or not taken as it stands.
struct EditFault
{
    std::string object; ///< "NetworkPolicy shop/web", or "" where it is about the text
    std::string field;  ///< "spec.podSelector", or ""
    std::string text;   ///< English
    int line = 0;       ///< from 1; 0: not known

    /// "line 7: NetworkPolicy shop/web: spec.podSelector: is no object"; one line.
    std::string oneLine() const;
    friend bool operator==(const EditFault &, const EditFault &) = default;
};

struct EditedObject
{
    enum class Edit : std::uint8_t { Adds, Replaces, Removes };
    ObjectRef object;
    Edit edit = Edit::Adds;
    friend bool operator==(const EditedObject &, const EditedObject &) = default;
};

/// The answer to one text. Immutable; keeps its models alive.
struct WhatIf
{
    std::string text;
    std::vector<EditedObject> objects; ///< in the order of their names
    std::vector<EditFault> faults;
    std::shared_ptr<const PolicyModel> before;
    std::shared_ptr<const PolicyModel> after; ///< `before` where nothing in the text could be used
    FlipList flips;
};

using WhatIfPtr = std::shared_ptr<const WhatIf>;

/// What would be if `text` were applied: manifests (YAML of one or several documents, or JSON) of any kind
/// that policies are made of; an object of a name that is there replaces it, one with the member
/// `$patch: delete` is taken away.
///
/// A NetworkPolicy that an API server would refuse leaves the verdicts of its namespace unknown. At most
/// 1 MiB of text and 1,000 objects. Null where it was cancelled.
WhatIfPtr whatIf(const std::shared_ptr<const PolicyModel> &before, const std::string &text,
                 const CancelToken &cancel = {});

/// The policy as JSON without what only a server writes (status, uid, resourceVersion…): to be edited.
/// "" where the object is no policy, or its text was not kept.
std::string editablePolicy(const AnyObject &object);
/// The text that takes the object away: its apiVersion, kind and name, and the mark.
std::string removalOf(const AnyObject &object);
/// True for the kinds that whatIf() takes.
bool isPolicyKind(std::string_view group, std::string_view kind);

} // namespace portolan::policy
