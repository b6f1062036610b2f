#pragma once

#include <cstddef>
#include <string>

namespace portolan::bench {

/// A LIST page of `count` pods as an API server sends it: two containers, probes, volumes, tolerations,
/// conditions and managedFields, 10.7 KB a pod, every pod with names, addresses and ids of its own.
/// Equal arguments give equal text.
std::string podPage(std::size_t count, std::size_t first = 0);

} // namespace portolan::bench
