#pragma once

#include "ui/inspector/content.h"
#include "ui/theme/theme.h"

#include <QPlainTextEdit>

namespace portolan::ui {

/// A plain, read-only text field in the mono font, as high as its text up to `mostLines`. Lines that are
/// marked stand on a ground of their own, and are in view at first.
class RawField : public QPlainTextEdit
{
    Q_OBJECT

public:
    RawField(const RawText &raw, int mostLines, const Theme &theme, QWidget *parent = nullptr);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void mark(const Theme &theme);

    std::optional<LineRange> m_marked;
    bool m_placed = false; ///< the marked lines were brought into view
};

} // namespace portolan::ui
