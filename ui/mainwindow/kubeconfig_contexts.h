#pragma once

#include "model/kube/kubeconfig.h"

#include <QObject>
#include <QString>
#include <QStringList>

namespace portolan::ui {

/// The contexts that can be chosen, read from the kubeconfig on a pool thread. GUI thread.
class KubeconfigContexts : public QObject
{
    Q_OBJECT

public:
    explicit KubeconfigContexts(QObject *parent = nullptr) : QObject(parent) {}

    /// Reads again; changed() tells. "" for the default rules.
    void load(const QString &file);

    const QStringList &names() const { return m_names; }
    const QString &current() const { return m_current; }
    const std::optional<Error> &error() const { return m_error; }
    const QString &file() const { return m_file; }
    bool isLoaded() const { return m_loaded; }

Q_SIGNALS:
    void changed();

private:
    QString m_file;
    QStringList m_names; ///< as written: names may carry any character
    QString m_current;
    std::optional<Error> m_error;
    bool m_loaded = false;
    int m_attempt = 0;
};

} // namespace portolan::ui
