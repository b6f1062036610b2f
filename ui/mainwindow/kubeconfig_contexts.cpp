#include "ui/mainwindow/kubeconfig_contexts.h"

#include "ui/base/background.h"

namespace portolan::ui {

void KubeconfigContexts::load(const QString &file)
{
    m_file = file;
    const int attempt = ++m_attempt;
    const auto read = [file]() -> std::shared_ptr<Result<kube::Kubeconfig>> {
        std::optional<std::filesystem::path> path;
        if (!file.isEmpty())
            path = file.toStdString();
        return std::make_shared<Result<kube::Kubeconfig>>(kube::loadKubeconfig(path));
    };
    runInBackground(this, read, [this, attempt](const std::shared_ptr<Result<kube::Kubeconfig>> &config) {
        if (attempt != m_attempt)
            return;
        m_loaded = true;
        m_names.clear();
        m_current.clear();
        m_error.reset();
        if (*config) {
            for (const kube::ContextEntry &context : (*config)->contexts)
                m_names << QString::fromStdString(context.name);
            m_current = QString::fromStdString((*config)->currentContext);
        } else {
            m_error = config->error();
        }
        Q_EMIT changed();
    });
}

} // namespace portolan::ui
