#include "app/ctl/probe_state.h"

#include "app/ctl/interrupt.h"
#include "model/cluster/decode.h"
#include "model/kube/api_paths.h"
#include "model/kube/curl_transport.h"

#include <algorithm>

namespace portolan::ctl {

namespace {

const ResourceType pods{"", "v1", "Pod", "pods", true};
const ResourceType services{"", "v1", "Service", "services", true};
const ResourceType slices{"discovery.k8s.io", "v1", "EndpointSlice", "endpointslices", true};

/// A few objects, fetched at once on the calling thread. Whatever goes wrong only means that the answer
/// is not complete.
class ObjectFetch
{
public:
    explicit ObjectFetch(const LiveCluster &cluster) : m_transport(cluster.credentials) {}

    void addObject(const ResourceType &resource, const std::string &ns, const std::string &name)
    {
        add(kube::collectionPath(resource, ns) + "/" + kube::percentEncoded(name),
            [this, resource](const std::string &body) {
                Result<AnyObject> object = m_decoder.object(resource, body);
                if (object)
                    m_delta.upserts.push_back(std::move(*object));
                return object.has_value();
            });
    }

    void addSlicesOf(const std::string &ns, const std::string &service)
    {
        const std::string label = kube::percentEncoded("kubernetes.io/service-name=" + service);
        add(kube::collectionPath(slices, ns) + "?labelSelector=" + label, [this](const std::string &body) {
            Result<ListPage> page = m_decoder.list(slices, body);
            if (!page || !page->faults.empty() || !page->continueToken.empty())
                return false;
            std::move(page->objects.begin(), page->objects.end(), std::back_inserter(m_delta.upserts));
            return true;
        });
    }

    /// False where some request did not end with the object or with 404.
    bool run(std::chrono::milliseconds timeout, const CancelToken &cancel)
    {
        const auto forwarding = cancel.onCancel([this] { m_end.cancel(); });
        m_transport.post([this, timeout] {
            m_transport.after(timeout, [this] { m_end.cancel(); });
            for (Fetch &fetch : m_fetches)
                start(fetch);
        });
        m_transport.run(m_end.token());
        return m_complete && m_open == 0;
    }

    const ClusterDelta &delta() const { return m_delta; }

private:
    using Take = std::function<bool(const std::string &body)>;
    struct Fetch
    {
        std::string path;
        Take take;
    };

    void add(std::string path, Take take)
    {
        m_fetches.push_back({std::move(path), std::move(take)});
        ++m_open;
    }

    void start(Fetch &fetch)
    {
        kube::HttpRequest request;
        request.path = fetch.path;
        request.headers = {{"accept", "application/json"}};
        kube::HttpHandlers handlers;
        handlers.onDone = [this, &fetch](Result<kube::HttpResponse> response) {
            const bool usable = response && (response->status == 404 ||
                                             (response->status == 200 && fetch.take(response->body)));
            m_complete = m_complete && usable;
            if (--m_open == 0 || !m_complete)
                m_end.cancel();
        };
        m_transport.start(std::move(request), std::move(handlers));
    }

    CancelSource m_end;
    Decoder m_decoder;
    ClusterDelta m_delta;
    std::vector<Fetch> m_fetches;
    std::size_t m_open = 0;
    bool m_complete = true;
    kube::CurlTransport m_transport;
};

Result<ClusterStatePtr> readAll(const LiveCluster &cluster, const CancelToken &cancel)
{
    return follow(
        cluster, [](const auto &, const auto &, bool synced) { return !synced; }, cancel);
}

bool answersTheQuestion(const ClusterState &state, const std::string &ns, const std::string &pod,
                        const TypedTarget &target)
{
    const Service *service = state.services.find(target.ns, target.name);
    // Which endpoints such a service uses depends on where their pods run.
    const bool needsNodes = service && service->internalTrafficPolicy == "Local";
    return state.pods.find(ns, pod) && !needsNodes;
}

} // namespace

Result<ClusterStatePtr> readForProbe(const LiveCluster &cluster, const std::string &source,
                                     const TypedTarget &target, const CancelToken &cancel)
{
    const Result<TypedSource> typed = parseSource(source);
    if (!typed)
        return typed.error();
    const std::string &ns = typed->ns;
    const std::string &pod = typed->name;

    const OrderlyEnd orderly;
    ObjectFetch fetch(cluster);
    fetch.addObject(pods, ns, pod);
    if (!target.ns.empty()) {
        fetch.addObject(services, target.ns, target.name);
        fetch.addObject(pods, target.ns, target.name);
        fetch.addSlicesOf(target.ns, target.name);
    }
    const auto begun = std::chrono::steady_clock::now();
    const bool complete = fetch.run(cluster.timeout, cancel);
    if (cancel.isCancelled())
        return Error{ErrorCode::Cancelled, "interrupted", {}};
    auto begin = std::make_shared<ClusterState>();
    begin->info = cluster.info;
    ClusterStatePtr state = applied(begin, fetch.delta());
    if (complete && answersTheQuestion(*state, ns, pod, target))
        return state;
    LiveCluster rest = cluster;
    const auto used =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - begun);
    rest.timeout = std::max(std::chrono::seconds(1), cluster.timeout - used);
    return readAll(rest, cancel);
}

} // namespace portolan::ctl
