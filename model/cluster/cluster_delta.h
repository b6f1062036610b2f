#pragma once

#include "model/base/error.h"
#include "model/cluster/objects.h"

#include <optional>
#include <string>
#include <vector>

namespace portolan {

/// A resource that could not be read in a scope. `ns` empty: in no namespace. Where not even the kinds of a
/// group are known, or a namespace was not asked for at all, the kind is "*".
struct ReadGap
{
    ResourceType resource;
    std::string ns;
    Error reason;

    /// Whether objects of that kind may be missing in `in`; "" asks of any namespace, and of what is in none.
    bool isAbout(ObjectKind kind, std::string_view in) const;
    friend bool operator==(const ReadGap &, const ReadGap &) = default;
};

/// The complete content of one resource in one scope, as a finished list gives it: what the state holds
/// of it and the list does not name is gone. `ns` empty: all namespaces.
struct Replacement
{
    ResourceType resource;
    std::string ns;
    std::vector<AnyObject> objects;
};

/// What changed. Applied in this order: replacements, removed, upserts (a producer that must order a
/// removal after an upsert of the same object sends two deltas).
struct ClusterDelta
{
    std::vector<Replacement> replacements;
    std::vector<ObjectRef> removed;
    std::vector<AnyObject> upserts;
    /// The whole list of gaps, where it changed.
    std::optional<std::vector<ReadGap>> gaps;
    /// Set by a source once it knows them.
    std::optional<std::string> serverVersion;

    bool isEmpty() const
    {
        return replacements.empty() && removed.empty() && upserts.empty() && !gaps && !serverVersion;
    }
};

} // namespace portolan
