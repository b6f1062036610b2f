#pragma once

#include "model/kube/pod_exec.h"

#include <filesystem>

namespace portolan::fakes {

/// Runs commands on this machine, as a runtime runs them in a container whose PATH is one folder: what is
/// not linked into it is not there. The folder is removed with the object.
class LocalExec final : public kube::PodExec
{
public:
    LocalExec();
    ~LocalExec() override;
    LocalExec(const LocalExec &) = delete;
    LocalExec &operator=(const LocalExec &) = delete;

    /// Puts a program of this machine into the image, under another name if wanted; false where this
    /// machine has none.
    bool install(const std::string &program, const std::string &as = {});
    /// Puts a shell script into it.
    void write(const std::string &name, const std::string &script);

    Result<kube::ExecOutcome> exec(const kube::ExecRequest &request, const CancelToken &cancel) override;

private:
    std::filesystem::path m_folder;
};

} // namespace portolan::fakes
