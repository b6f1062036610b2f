#pragma once

#include "tests/fakes/cluster_maker.h"
#include "tests/fakes/random_source.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace portolan::checks {

/// A cluster that lives: pods, workloads, services, policies and namespaces come and go, one at a time. The
/// same seed tells the same story.
class ClusterStory
{
public:
    explicit ClusterStory(std::uint64_t seed) : m_random(seed)
    {
        for (int i = 0; i < 6; ++i)
            addNamespace();
        for (int i = 0; i < 24; ++i)
            addWorkload();
        for (int i = 0; i < 14; ++i)
            addCall();
    }

    void change()
    {
        switch (m_random.below(12)) {
        case 0:
        case 1:
        case 2:
            return scale();
        case 3:
            return addWorkload();
        case 4:
            return removeWorkload();
        case 5:
            return toggleService();
        case 6:
        case 7:
            return addCall();
        case 8:
            return removeCall();
        case 9:
            return toggleDefaultDeny();
        case 10:
            return m_random.below(4) == 0 ? addNamespace() : scale();
        default:
            return m_random.below(4) == 0 ? removeNamespace() : scale();
        }
    }

    ClusterStatePtr state() const
    {
        fakes::ClusterMaker maker;
        maker.node("node-a");
        for (const auto &[ns, space] : m_spaces) {
            maker.ns(ns, {{"team", ns}});
            for (const auto &[name, workload] : space.workloads) {
                maker.workload("Deployment", ns, name, workload.pods, {{"app", name}},
                               {{"main", 8080, Protocol::Tcp}});
                if (workload.served)
                    maker.service(ns, name, {{"app", name}}, {fakes::servicePort(80, 8080)});
            }
            if (space.denies)
                maker.policy(ns, "default-deny", fakes::everything()).isolatesIngress = true;
        }
        for (const auto &[name, call] : m_calls) {
            NetworkPolicy &policy = maker.policy(call.toNs, name, fakes::withLabels({{"app", call.to}}));
            if (call.from.empty())
                fakes::admit(policy, {fakes::block(call.fromNs)}, {fakes::onPort(8080)});
            else
                fakes::admit(policy, {fakes::podsIn(call.fromNs, {{"app", call.from}})},
                             {fakes::onPort(8080)});
        }
        return maker.state();
    }

private:
    struct Workload
    {
        int pods = 1;
        bool served = false;
    };
    struct Space
    {
        std::map<std::string, Workload> workloads;
        bool denies = false;
    };
    /// From a workload, or from a CIDR where `from` is empty.
    struct Call
    {
        std::string fromNs, from, toNs, to;
    };

    std::string fresh(const char *word) { return word + std::string("-") + std::to_string(m_count++); }

    template<class Map>
    typename Map::iterator any(Map &map)
    {
        return std::next(map.begin(), std::ptrdiff_t(m_random.below(map.size())));
    }

    void addNamespace() { m_spaces[fresh("team")].denies = m_random.below(2) == 0; }

    void addWorkload()
    {
        const auto name = fresh(m_random.below(5) == 0 ? "a-workload-with-a-long-name" : "app");
        any(m_spaces)->second.workloads[name] = {int(m_random.below(6)), m_random.below(3) != 0};
    }

    void removeNamespace()
    {
        if (m_spaces.size() > 3)
            m_spaces.erase(any(m_spaces));
        forgetCalls();
    }

    void removeWorkload()
    {
        auto &workloads = any(m_spaces)->second.workloads;
        if (!workloads.empty())
            workloads.erase(any(workloads));
        forgetCalls();
    }

    void scale()
    {
        auto &workloads = any(m_spaces)->second.workloads;
        if (!workloads.empty())
            any(workloads)->second.pods = int(m_random.below(12));
    }

    void toggleService()
    {
        auto &workloads = any(m_spaces)->second.workloads;
        if (!workloads.empty()) {
            Workload &workload = any(workloads)->second;
            workload.served = !workload.served;
        }
    }

    void toggleDefaultDeny()
    {
        Space &space = any(m_spaces)->second;
        space.denies = !space.denies;
    }

    void addCall()
    {
        const auto from = any(m_spaces);
        const auto to = any(m_spaces);
        if (from->second.workloads.empty() || to->second.workloads.empty())
            return;
        Call call{from->first, any(from->second.workloads)->first, to->first,
                  any(to->second.workloads)->first};
        if (m_random.below(6) == 0)
            call = {"10." + std::to_string(m_random.below(4)) + ".0.0/16", {}, call.toNs, call.to};
        m_calls[fresh("policy")] = call;
    }

    void removeCall()
    {
        if (!m_calls.empty())
            m_calls.erase(any(m_calls));
    }

    void forgetCalls()
    {
        const auto exists = [this](const std::string &ns, const std::string &name) {
            const auto space = m_spaces.find(ns);
            return space != m_spaces.end() && space->second.workloads.contains(name);
        };
        std::erase_if(m_calls, [&](const auto &entry) {
            const Call &call = entry.second;
            return !exists(call.toNs, call.to) || (!call.from.empty() && !exists(call.fromNs, call.from));
        });
    }

    fakes::RandomSource m_random;
    std::map<std::string, Space> m_spaces;
    std::map<std::string, Call> m_calls;
    int m_count = 0;
};

} // namespace portolan::checks
