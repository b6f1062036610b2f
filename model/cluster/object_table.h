#pragma once

#include "model/cluster/objects.h"

#include <algorithm>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace portolan {

/// All objects of one kind, sorted by (namespace, name, type), immutable and cheap to copy.
/// Reading is safe from any thread. A change makes a new table that shares the unchanged objects.
template<class T>
class ObjectTable
{
public:
    using Ptr = std::shared_ptr<const T>;

    ObjectTable() = default;
    explicit ObjectTable(std::vector<Ptr> objects)
    {
        if (!std::is_sorted(objects.begin(), objects.end(), lessPtr))
            std::sort(objects.begin(), objects.end(), lessPtr);
        m_objects = std::make_shared<const std::vector<Ptr>>(std::move(objects));
    }

    std::size_t size() const { return m_objects ? m_objects->size() : 0; }
    bool empty() const { return size() == 0; }
    auto begin() const { return all().begin(); }
    auto end() const { return all().end(); }
    std::span<const Ptr> all() const
    {
        return m_objects ? std::span<const Ptr>(*m_objects) : std::span<const Ptr>();
    }

    /// The first object of that name, or nullptr. Where a name can occur with several types (Workload,
    /// ApiObject), `type` picks one; "" takes the first.
    const T *find(std::string_view ns, std::string_view name, std::string_view type = {}) const
    {
        for (const Ptr &object : inNamespace(ns)) {
            if (object->meta.name == name && (type.empty() || refOf(*object).type == type))
                return object.get();
        }
        return nullptr;
    }

    /// The objects of one namespace, in name order; "" gives the cluster-scoped ones.
    std::span<const Ptr> inNamespace(std::string_view ns) const
    {
        const auto objects = all();
        const auto range = std::equal_range(objects.begin(), objects.end(), ns, NamespaceLess{});
        return {range.first, range.second};
    }

    static bool less(const T &a, const T &b)
    {
        if (const int c = a.meta.ns.compare(b.meta.ns))
            return c < 0;
        if (const int c = a.meta.name.compare(b.meta.name))
            return c < 0;
        return refOf(a).type < refOf(b).type;
    }

private:
    struct NamespaceLess
    {
        bool operator()(const Ptr &a, std::string_view ns) const { return a->meta.ns < ns; }
        bool operator()(std::string_view ns, const Ptr &a) const { return ns < a->meta.ns; }
    };
    static bool lessPtr(const Ptr &a, const Ptr &b) { return less(*a, *b); }

    std::shared_ptr<const std::vector<Ptr>> m_objects;
};

} // namespace portolan
