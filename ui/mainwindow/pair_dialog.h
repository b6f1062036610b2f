#pragma once

#include "model/session/topology_frame.h"

#include <QDialog>

class QComboBox;
class QDialogButtonBox;
class QLineEdit;
class QSpinBox;

namespace portolan::ui {

class PlainLabel;

/// Chooses who asks whom by hand: a running pod, a service, pod or address, a port, a way of asking.
class PairDialog : public QDialog
{
    Q_OBJECT

public:
    /// `source` and `destination` fill the fields where they are valid.
    PairDialog(const TopologyFramePtr &frame, const ObjectRef &source, const ObjectRef &destination,
               QWidget *parent = nullptr);

    /// What the fields say now; nothing while they are not complete.
    std::optional<ProbeRequest> request() const;

    void setSourceText(const QString &text);
    void setDestinationText(const QString &text);
    void setPort(int port);
    void setMethod(ProbeMethod method);

Q_SIGNALS:
    void probeChosen(const portolan::ProbeRequest &request);

private:
    void fillSources();
    void fillDestinations();
    void suggestPort();
    void refresh();
    std::optional<ObjectRef> sourceRef() const;
    std::optional<ObjectRef> destinationRef() const;

    TopologyFramePtr m_frame;
    QLineEdit *m_source = nullptr;
    QLineEdit *m_destination = nullptr;
    QSpinBox *m_port = nullptr;
    QComboBox *m_method = nullptr;
    PlainLabel *m_hint = nullptr;
    QDialogButtonBox *m_buttons = nullptr;
};

/// "shop/web-1", "svc shop/checkout": as the fields write objects.
QString fieldText(const ObjectRef &object);

} // namespace portolan::ui
