#include "ui/mainwindow/pair_dialog.h"

#include "ui/theme/theme_controller.h"
#include "ui/words/plain_label.h"
#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QComboBox>
#include <QCompleter>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>
#include <QVBoxLayout>

namespace portolan::ui {

namespace {

constexpr int fieldWidth = 380;
const QString servicePrefix = QStringLiteral("svc ");
const QString podPrefix = QStringLiteral("pod ");

void complete(QLineEdit &field, const QStringList &choices)
{
    auto *completer = new QCompleter(choices, &field);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setMaxVisibleItems(12);
    field.setCompleter(completer);
}

QLineEdit *makeField(const QString &placeholder, const QString &name, QWidget *parent)
{
    auto *field = new QLineEdit(parent);
    field->setPlaceholderText(placeholder);
    field->setAccessibleName(name);
    field->setMinimumWidth(fieldWidth);
    field->setMaxLength(600);
    return field;
}

/// "ns/name" as a name of that kind.
ObjectRef refFrom(const QString &words, ObjectKind kind, const char *type)
{
    const qsizetype slash = words.indexOf(u'/');
    return {kind, type, utf8(words.left(slash)), utf8(words.mid(slash + 1))};
}

} // namespace

QString fieldText(const ObjectRef &object)
{
    const QString name = words::refName(object);
    if (object.kind == ObjectKind::Service)
        return servicePrefix + name;
    return object.kind == ObjectKind::Pod ? podPrefix + name : name;
}

PairDialog::PairDialog(const TopologyFramePtr &frame, const ObjectRef &source, const ObjectRef &destination,
                       QWidget *parent)
    : QDialog(parent),
      m_frame(frame)
{
    setWindowTitle(tr("Probe a pair"));
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(18, 16, 18, 16);
    rows->setSpacing(12);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(14);
    form->setVerticalSpacing(9);
    m_source = makeField(tr("namespace/pod"), tr("Source pod"), this);
    m_destination = makeField(tr("service, pod, host name or address"), tr("Destination"), this);
    m_port = new QSpinBox(this);
    m_port->setRange(1, 65535);
    m_port->setValue(80);
    m_port->setAccessibleName(tr("Port"));
    m_method = new QComboBox(this);
    m_method->setAccessibleName(tr("Way of asking"));
    for (const ProbeMethod method : {ProbeMethod::Tcp, ProbeMethod::Udp, ProbeMethod::Http, ProbeMethod::Dns})
        m_method->addItem(words::methodText(method), int(method));
    form->addRow(tr("From"), m_source);
    form->addRow(tr("To"), m_destination);
    form->addRow(tr("Port"), m_port);
    form->addRow(tr("With"), m_method);
    rows->addLayout(form);
    m_hint = new PlainLabel({}, "muted", this);
    m_hint->setWordWrap(true);
    m_hint->setMinimumHeight(38);
    m_hint->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    rows->addWidget(m_hint);
    m_buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    auto *probe = m_buttons->addButton(tr("Probe"), QDialogButtonBox::AcceptRole);
    probe->setDefault(true);
    rows->addWidget(m_buttons);

    fillSources();
    fillDestinations();
    m_source->setText(source.isValid() ? words::refName(source) : QString());
    m_destination->setText(destination.isValid() ? fieldText(destination) : QString());
    suggestPort();
    connect(m_source, &QLineEdit::textChanged, this, &PairDialog::refresh);
    connect(m_destination, &QLineEdit::textChanged, this, [this] {
        suggestPort();
        refresh();
    });
    connect(m_method, &QComboBox::currentIndexChanged, this, &PairDialog::refresh);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_buttons, &QDialogButtonBox::accepted, this, [this] {
        if (const auto chosen = request()) {
            Q_EMIT probeChosen(*chosen);
            accept();
        }
    });
    (source.isValid() ? m_destination : m_source)->setFocus();
    refresh();
}

void PairDialog::fillSources()
{
    QStringList pods;
    for (const auto &pod : m_frame->state->pods) {
        if (pod->phase == PodPhase::Running)
            pods << words::refName(refOf(*pod));
    }
    complete(*m_source, pods);
}

void PairDialog::fillDestinations()
{
    QStringList choices;
    for (const auto &service : m_frame->state->services)
        choices << fieldText(refOf(*service));
    for (const auto &pod : m_frame->state->pods) {
        if (pod->phase == PodPhase::Running)
            choices << fieldText(refOf(*pod));
    }
    complete(*m_destination, choices);
}

std::optional<ObjectRef> PairDialog::sourceRef() const
{
    const ObjectRef ref = refFrom(m_source->text().trimmed(), ObjectKind::Pod, "Pod");
    const Pod *pod = m_frame->state->pods.find(ref.ns, ref.name);
    return pod && pod->phase == PodPhase::Running ? std::optional(ref) : std::nullopt;
}

std::optional<ObjectRef> PairDialog::destinationRef() const
{
    static const QRegularExpression address(QStringLiteral("^[A-Za-z0-9_.:-]{1,253}$"));
    const QString words = m_destination->text().trimmed();
    if (words.startsWith(servicePrefix)) {
        const ObjectRef ref = refFrom(words.mid(servicePrefix.size()), ObjectKind::Service, "Service");
        return m_frame->state->services.find(ref.ns, ref.name) ? std::optional(ref) : std::nullopt;
    }
    if (words.startsWith(podPrefix)) {
        const ObjectRef ref = refFrom(words.mid(podPrefix.size()), ObjectKind::Pod, "Pod");
        return m_frame->state->pods.find(ref.ns, ref.name) ? std::optional(ref) : std::nullopt;
    }
    if (words.contains(u'/')) {
        const ObjectRef ref = refFrom(words, ObjectKind::Service, "Service");
        return m_frame->state->services.find(ref.ns, ref.name) ? std::optional(ref) : std::nullopt;
    }
    if (!address.match(words).hasMatch())
        return std::nullopt;
    return ObjectRef{ObjectKind::Other, "Address", "", utf8(words)};
}

void PairDialog::suggestPort()
{
    const auto to = destinationRef();
    const Service *service =
        to && to->kind == ObjectKind::Service ? m_frame->state->services.find(to->ns, to->name) : nullptr;
    if (service && !service->ports.empty()) {
        const ServicePort &port = service->ports.front();
        m_port->setValue(port.port);
        setMethod(port.protocol == Protocol::Udp ? ProbeMethod::Udp : ProbeMethod::Tcp);
        return;
    }
    const Pod *pod =
        to && to->kind == ObjectKind::Pod ? m_frame->state->pods.find(to->ns, to->name) : nullptr;
    for (const Container &container : pod ? pod->containers : std::vector<Container>()) {
        if (!container.ports.empty()) {
            m_port->setValue(container.ports.front().number);
            return;
        }
    }
}

std::optional<ProbeRequest> PairDialog::request() const
{
    const auto from = sourceRef();
    const auto to = destinationRef();
    if (!from || !to)
        return std::nullopt;
    ProbeRequest request;
    request.source = *from;
    request.destination = *to;
    request.port = std::uint16_t(m_port->value());
    request.method = ProbeMethod(m_method->currentData().toInt());
    const bool datagram = request.method == ProbeMethod::Udp || request.method == ProbeMethod::Dns;
    request.protocol = datagram ? Protocol::Udp : Protocol::Tcp;
    return request;
}

void PairDialog::refresh()
{
    const bool complete = request().has_value();
    for (QAbstractButton *button : m_buttons->buttons()) {
        if (m_buttons->buttonRole(button) == QDialogButtonBox::AcceptRole)
            button->setEnabled(complete);
    }
    if (!m_source->text().isEmpty() && !sourceRef())
        m_hint->setPlain(tr("No running pod has that name."));
    else if (!m_destination->text().isEmpty() && !destinationRef())
        m_hint->setPlain(tr("Write “svc namespace/name”, “pod namespace/name”, a host name or an address."));
    else if (ProbeMethod(m_method->currentData().toInt()) == ProbeMethod::Udp)
        m_hint->setPlain(words::noteText("udp-silent"));
    else
        m_hint->setPlain(tr("The probe runs a small command in the source pod, by exec."));
}

void PairDialog::setSourceText(const QString &text)
{
    m_source->setText(text);
}

void PairDialog::setDestinationText(const QString &text)
{
    m_destination->setText(text);
}

void PairDialog::setPort(int port)
{
    m_port->setValue(port);
}

void PairDialog::setMethod(ProbeMethod method)
{
    m_method->setCurrentIndex(m_method->findData(int(method)));
}

} // namespace portolan::ui
