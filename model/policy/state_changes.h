#pragma once

#include "model/cluster/object_table.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace portolan::policy {

/// An object that two tables do not share: as it was and as it is; nullptr where there is none.
template<class T>
struct ObjectChange
{
    const T *before = nullptr;
    const T *after = nullptr;
};

template<class T>
bool sameObjects(const ObjectTable<T> &a, const ObjectTable<T> &b)
{
    const auto before = a.all();
    const auto after = b.all();
    return before.size() == after.size() &&
           (before.data() == after.data() || std::equal(before.begin(), before.end(), after.begin()));
}

/// What differs, in the order of the tables. Compares pointers, and names only where these differ. Past
/// `most` the list ends.
template<class T>
std::vector<ObjectChange<T>> changesBetween(const ObjectTable<T> &a, const ObjectTable<T> &b,
                                            std::size_t most)
{
    const auto before = a.all();
    const auto after = b.all();
    std::vector<ObjectChange<T>> changes;
    if (before.size() == after.size() && before.data() == after.data())
        return changes;
    std::size_t i = 0;
    std::size_t j = 0;
    while ((i < before.size() || j < after.size()) && changes.size() <= most) {
        const T *old = i < before.size() ? before[i].get() : nullptr;
        const T *now = j < after.size() ? after[j].get() : nullptr;
        if (old && now && old != now) {
            if (ObjectTable<T>::less(*old, *now))
                now = nullptr;
            else if (ObjectTable<T>::less(*now, *old))
                old = nullptr;
        }
        if (old != now)
            changes.push_back({old, now});
        i += old ? 1 : 0;
        j += now ? 1 : 0;
    }
    return changes;
}

} // namespace portolan::policy
