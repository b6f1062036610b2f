#pragma once

#include "ui/inspector/content.h"
#include "ui/theme/theme.h"

#include <QSet>
#include <QTimer>
#include <QWidget>

#include <functional>
#include <vector>

class QVBoxLayout;

namespace portolan::ui {

class PlainLabel;
class RowButton;

/// Shows the sections of an InspectorContent. Every text is plain text. Sections that were opened or closed
/// stay so, by title, while the content changes.
class ContentView : public QWidget
{
    Q_OBJECT

public:
    explicit ContentView(QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    /// Rebuilds only where `content` differs from what is shown. `showAges`: times carry how long ago they
    /// were, counted from now; false for recordings.
    void setContent(const InspectorContent &content, bool showAges);
    const InspectorContent &content() const { return m_content; }

Q_SIGNALS:
    void subjectRequested(const portolan::ui::Subject &subject);
    void probeRequested(const portolan::ProbeRequest &request, portolan::ui::ProbeRepeat repeat);
    void cancelRequested(const portolan::ProbeRequest &request);
    void ephemeralContainerRequested(const portolan::ProbeRequest &request);
    /// The user wants to choose the other end of a probe.
    void pairWanted(const portolan::ObjectRef &source, const portolan::ObjectRef &destination);
    /// Opens the what-if in the way that the button says.
    void policyWanted(const portolan::ui::PolicyStarter &starter);
    void copyRequested(const QString &text);

private:
    struct AgeLabel
    {
        PlainLabel *label;
        QString text;
        WallTime since;
    };

    void rebuild();
    void updateAges();
    void addSection(const Section &section);
    QWidget *sectionHead(const Section &section, bool open);
    QWidget *widgetFor(const Block &block);
    QWidget *tilesWidget(const Tiles &tiles);
    QWidget *remarkWidget(const Remark &remark);
    QWidget *factWidget(const Fact &fact);
    QWidget *linkWidget(const LinkRow &link);
    QWidget *stepWidget(const StepRow &step);
    QWidget *ruleWidget(const RuleRow &rule);
    QWidget *controlsWidget(const ProbeControls &controls);
    QWidget *starterWidget(const ProbeStarter &starter);
    QWidget *starterWidget(const PolicyStarter &starter);
    QWidget *buttonRow(const QString &text, std::function<void()> clicked);
    RowButton *linkButton(const Subject &subject, const QString &name);

    InspectorContent m_content;
    Theme m_theme;
    bool m_showAges = false;
    int m_nextName = 0;
    QVBoxLayout *m_rows = nullptr;
    QSet<QString> m_toggled; ///< sections and steps whose folding the user changed
    std::vector<AgeLabel> m_ageLabels;
    QTimer m_ages;
};

} // namespace portolan::ui
