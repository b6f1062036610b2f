#pragma once

#include "model/kube/cluster_reader.h"
#include "model/kube/heartbeat.h"
#include "model/kube/resource_reader.h"

#include <map>
#include <random>
#include <set>

namespace portolan::kube {

/// The order of the members is that of their destruction, backwards: reflectors go before what they share.
struct ClusterReader::Private
{
    Private(HttpTransport &transport, ReadScope scope, ReaderHandlers handlers, ReaderOptions options);
    ~Private();
    Private(const Private &) = delete;
    Private &operator=(const Private &) = delete;

    // The way to the first list.
    void testConnection();
    void takeVersion(const Result<HttpResponse> &answer);
    void unreachable(const ApiFailure &failure);
    void discover();
    void takeDiscovery(std::variant<ServedApis, ApiFailure> outcome);
    void rediscoverIn(std::chrono::milliseconds delay);

    // What is read (cluster_reader_plan.cpp).
    void readResources(std::vector<SelectedResource> selection);
    void learnAgents(const ClusterDelta &delta);
    void readConfigs();
    std::unique_ptr<ResourceReader> makeReader(const SelectedResource &resource);
    bool isBroken(const std::string &group) const;
    void learnNamespaces(const ClusterDelta &delta);
    void keepToScope(ClusterDelta &delta) const;
    void appendScopeGaps(std::vector<ReadGap> &to) const;
    void planNamespaces();
    void giveOutWatches();
    void announceGaps();

    void emitDelta(ClusterDelta delta);
    void stateChanged();
    void adjust();
    void announceStatusSoon();
    void announceStatus();
    void suspectAll(const Error &error);

    HttpTransport &transport;
    ReaderHandlers handlers;
    std::string fallbackNamespace;
    std::mt19937_64 random;
    Backoff backoff;
    Decoder decoder;
    ListSlots lists;
    ReflectorShared shared;
    NamespacePlan plan;
    std::set<std::string> listedNamespaces;
    std::vector<SelectedResource> served;     ///< what the server has to be asked for, as discovery told
    std::map<ObjectRef, std::string> configs; ///< CNI agents and the ConfigMap of each
    bool configsChanged = false;              ///< since they were last acted upon
    std::vector<std::pair<std::string, Error>> broken; ///< group/versions that discovery could not read
    std::vector<ReadGap> gaps;                         ///< as last announced
    bool synced = false;
    bool knowsOfGone = false;
    RequestId request;
    TimerId retryTimer;
    TimerId rediscoverTimer;
    TimerId adjustTimer;
    TimerId statusTimer;
    Heartbeat heartbeat;
    std::unique_ptr<Discovery> discovery;
    std::vector<std::unique_ptr<ResourceReader>> readers; ///< the most important first
};

} // namespace portolan::kube
