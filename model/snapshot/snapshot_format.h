#pragma once

#include "model/snapshot/fields.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

/// The lines of a snapshot: a header, one object, gap, probe or observed flow a line, a trailer. Every line
/// is a JSON object with one key, which says what it holds.
namespace portolan::snapshot {

/// Grows when a reader of today could not understand what is written tomorrow. Keys that are added do not
/// count: readers skip what they do not know.
inline constexpr int formatVersion = 1;

inline constexpr std::string_view headerKey = "portolan-snapshot";
inline constexpr std::string_view trailerKey = "end";
inline constexpr std::string_view gapKey = "gap";
inline constexpr std::string_view probeKey = "probe";
inline constexpr std::string_view flowLogKey = "flowLog"; ///< before its flows
inline constexpr std::string_view flowKey = "flow";

/// The key of the lines that hold objects of a type.
template<class T>
inline constexpr std::string_view lineKey{};
template<>
inline constexpr std::string_view lineKey<Namespace> = "Namespace";
template<>
inline constexpr std::string_view lineKey<Node> = "Node";
template<>
inline constexpr std::string_view lineKey<Pod> = "Pod";
template<>
inline constexpr std::string_view lineKey<Service> = "Service";
template<>
inline constexpr std::string_view lineKey<EndpointSlice> = "EndpointSlice";
template<>
inline constexpr std::string_view lineKey<NetworkPolicy> = "NetworkPolicy";
template<>
inline constexpr std::string_view lineKey<Ingress> = "Ingress";
template<>
inline constexpr std::string_view lineKey<Workload> = "Workload";
template<>
inline constexpr std::string_view lineKey<ClusterEvent> = "Event";
template<>
inline constexpr std::string_view lineKey<ApiObject> = "Object";

struct Header
{
    int version = 0;
    std::string context;
    std::string serverVersion;
    std::string serverUrl;
    WallTime recordedAt;
};

template<class Visit, Like<Header> T>
void describe(Visit &&visit, T &value)
{
    auto &[version, context, serverVersion, serverUrl, recordedAt] = value;
    visit("version", version);
    visit("context", context);
    visit("serverVersion", serverVersion);
    visit("serverUrl", serverUrl);
    visit("recordedAt", recordedAt);
}

struct Trailer
{
    std::int64_t lines = 0; ///< before this one
    std::string sha256;     ///< of every byte before this line, in hexadecimal
};

template<class Visit, Like<Trailer> T>
void describe(Visit &&visit, T &value)
{
    auto &[lines, sha256] = value;
    visit("lines", lines);
    visit("sha256", sha256);
}

} // namespace portolan::snapshot
