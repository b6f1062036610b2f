#pragma once

#include "tests/fakes/fake_api_server.h"
#include "tests/fakes/local_exec.h"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace portolan::ctl_tests {

/// A cluster of a few objects behind a real socket, for programs that are run as a user runs them: pods
/// shop/web-1 and shop/api-1, the service shop/api before the latter, a node. Pods live on this machine:
/// their address is 127.0.0.1, and exec runs the command here.
class SmallApi
{
public:
    /// `podPort`: where shop/api-1 listens; 0 is this server's own port.
    explicit SmallApi(std::optional<fakes::FakeServerTls> tls = std::nullopt, std::uint16_t podPort = 0);

    std::string url() const { return m_server.url(); }
    const fakes::FakeApiServer &server() const { return m_server; }

    /// Answers this for every request to `path` (without its query) from now on.
    void answer(const std::string &path, fakes::FakeReply reply);
    /// Watches of pods tell of a new pod shop/NAME-N again and again.
    void addPodsForever(const std::string &name);

private:
    fakes::FakeReply reply(const fakes::FakeRequest &request);
    std::optional<std::string> document(const std::string &path) const;
    fakes::FakeReply watch(const std::string &path);
    fakes::FakeReply exec(const fakes::FakeRequest &request);

    mutable std::mutex m_mutex;
    std::map<std::string, fakes::FakeReply> m_answers;
    std::string m_newPods;
    std::uint16_t m_podPort;
    fakes::LocalExec m_image;
    fakes::FakeApiServer m_server; ///< last: its threads use what stands above
};

} // namespace portolan::ctl_tests
