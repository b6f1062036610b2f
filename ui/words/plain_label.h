#pragma once

#include <QLabel>

namespace portolan::ui {

/// A label that never takes its text for HTML and that can be narrower than its text: it elides, and shows
/// the whole in its tool tip. With setWordWrap(true) it wraps instead, inside of a word that is wider than
/// it.
class PlainLabel : public QLabel
{
    Q_OBJECT

public:
    /// `role` as in setRole(); "" for ordinary text.
    explicit PlainLabel(const QString &plain = {}, const char *role = "", QWidget *parent = nullptr);

    void setPlain(const QString &plain);
    void setElideMode(Qt::TextElideMode mode);

    QSize minimumSizeHint() const override;
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void updateToolTip();
    /// A name of a cluster can be one word of 253 characters.
    bool breaksWords(int width) const;

    Qt::TextElideMode m_elide = Qt::ElideRight;
};

} // namespace portolan::ui
