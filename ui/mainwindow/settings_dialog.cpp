#include "ui/mainwindow/settings_dialog.h"

#include "ui/words/plain_label.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QSpinBox>
#include <QVBoxLayout>

namespace portolan::ui {

namespace {
constexpr int fieldWidth = 260;
}

SettingsDialog::SettingsDialog(QWidget *parent) : QDialog(parent)
{
    setWindowTitle(tr("Settings"));
    const Preferences preferences;
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(18, 16, 18, 16);
    rows->setSpacing(14);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(9);

    m_theme = new QComboBox(this);
    m_theme->addItem(tr("As the system"), int(ThemeMode::System));
    m_theme->addItem(tr("Light"), int(ThemeMode::Light));
    m_theme->addItem(tr("Dark"), int(ThemeMode::Dark));
    m_theme->setCurrentIndex(m_theme->findData(int(preferences.themeMode())));
    m_theme->setMinimumWidth(fieldWidth);
    form->addRow(tr("&Theme"), m_theme);

    m_language = new QComboBox(this);
    m_language->addItem(tr("As the system"), QString());
    m_language->addItem(QStringLiteral("English"), QStringLiteral("en"));
    m_language->addItem(QStringLiteral("한국어"), QStringLiteral("ko"));
    m_language->setCurrentIndex(qMax(0, m_language->findData(preferences.language())));
    form->addRow(tr("&Language"), m_language);
    form->addRow(QString(), new PlainLabel(tr("Used from the next start."), "muted", this));

    m_seconds = new QSpinBox(this);
    m_seconds->setRange(1, 3600);
    m_seconds->setSuffix(tr(" s", "seconds, behind a number"));
    m_seconds->setValue(preferences.repeatSeconds());
    form->addRow(tr("&Repeat probes every"), m_seconds);

    m_image = new QLineEdit(preferences.ephemeralImage(), this);
    m_image->setMaxLength(300);
    form->addRow(tr("&Image with tools"), m_image);
    auto *note = new PlainLabel(
        tr("For ephemeral containers in pods whose own image has no tool to probe with."), "muted", this);
    note->setWordWrap(true);
    form->addRow(QString(), note);
    rows->addLayout(form);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    connect(buttons, &QDialogButtonBox::accepted, this, &SettingsDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    rows->addWidget(buttons);
}

void SettingsDialog::accept()
{
    Preferences preferences;
    preferences.setThemeMode(ThemeMode(m_theme->currentData().toInt()));
    preferences.setLanguage(m_language->currentData().toString());
    preferences.setRepeatSeconds(m_seconds->value());
    preferences.setEphemeralImage(m_image->text());
    Q_EMIT settingsChanged();
    QDialog::accept();
}

} // namespace portolan::ui
