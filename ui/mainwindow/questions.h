#pragma once

#include "model/cluster/object_ref.h"
#include "model/kube/kubeconfig.h"

#include <QString>
#include <QStringList>

#include <functional>

class QWidget;

/// What is asked before something happens that cannot be taken back or that runs a program. Each shows a
/// window-modal question in plain text and returns at once; `answered` is called once.
namespace portolan::ui {

using Answer = std::function<void(bool yes)>;

/// An ephemeral container stays in the pod until the pod goes: that is said here.
void askEphemeralContainer(QWidget *parent, const ObjectRef &pod, const QString &image, Answer answered);

/// Flow logs are read by a command in the pods of `agents`.
void askReadFlows(QWidget *parent, const QStringList &agents, const QString &command, Answer answered);

/// A kubeconfig names a program that fetches credentials.
void askExecPlugin(QWidget *parent, const kube::ExecPluginSpec &plugin, const QString &contextName,
                   const QString &origin, Answer answered);

void showShortcuts(QWidget *parent);
void showAbout(QWidget *parent);

} // namespace portolan::ui
