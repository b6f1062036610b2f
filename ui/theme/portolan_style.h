#pragma once

#include "ui/theme/theme.h"

#include <QProxyStyle>

namespace portolan::ui {

/// Draws the signs that a style sheet can only take from image files: check boxes, radio buttons, arrows,
/// tree branches, combo and spin boxes, and the icons of line edits and tool bars. Everything else is the
/// style sheet's, over Fusion.
class PortolanStyle : public QProxyStyle
{
    Q_OBJECT

public:
    explicit PortolanStyle(const Theme &theme);

    void setTheme(const Theme &theme) { m_theme = theme; }

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                         const QWidget *widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                           const QWidget *widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    QIcon standardIcon(StandardPixmap icon, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *returnData) const override;

private:
    void drawCheckBox(const QStyleOption &option, QPainter &painter) const;
    void drawRadioButton(const QStyleOption &option, QPainter &painter) const;
    void drawArrow(const QRectF &rect, Qt::ArrowType type, bool enabled, QPainter &painter) const;
    void drawFieldFrame(const QStyleOptionComplex &option, QPainter &painter) const;
    void drawComboBox(const QStyleOptionComplex &option, QPainter &painter, const QWidget *widget) const;
    void drawSpinBox(const QStyleOptionComplex &option, QPainter &painter, const QWidget *widget) const;

    Theme m_theme;
};

} // namespace portolan::ui
