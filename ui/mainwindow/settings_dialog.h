#pragma once

#include "ui/mainwindow/preferences.h"

#include <QDialog>

class QComboBox;
class QLineEdit;
class QSpinBox;

namespace portolan::ui {

/// Theme, language, and how probes are made. Writes the preferences when accepted.
class SettingsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit SettingsDialog(QWidget *parent = nullptr);

    void accept() override;

Q_SIGNALS:
    void settingsChanged();

private:
    QComboBox *m_theme = nullptr;
    QComboBox *m_language = nullptr;
    QLineEdit *m_image = nullptr;
    QSpinBox *m_seconds = nullptr;
};

} // namespace portolan::ui
