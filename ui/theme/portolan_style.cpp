#include "ui/theme/portolan_style.h"

#include "ui/theme/icons.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>

namespace portolan::ui {

namespace {

QRectF centredSquare(const QRect &rect, double side)
{
    return {rect.x() + (rect.width() - side) / 2.0, rect.y() + (rect.height() - side) / 2.0, side, side};
}

QPolygonF checkMark(const QRectF &box)
{
    const auto at = [&box](double x, double y) {
        return QPointF(box.x() + x * box.width(), box.y() + y * box.height());
    };
    return {{at(0.22, 0.53), at(0.42, 0.72), at(0.79, 0.30)}};
}

} // namespace

PortolanStyle::PortolanStyle(const Theme &theme) : QProxyStyle(QStringLiteral("Fusion")), m_theme(theme) {}

void PortolanStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                  const QWidget *widget) const
{
    const bool enabled = option->state & State_Enabled;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    switch (element) {
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        drawCheckBox(*option, *painter);
        break;
    case PE_IndicatorRadioButton:
        drawRadioButton(*option, *painter);
        break;
    case PE_IndicatorMenuCheckMark: {
        const bool selected = option->state & State_Selected;
        painter->setPen(QPen(selected ? m_theme.onAccent : m_theme.accent, 1.8, Qt::SolidLine, Qt::RoundCap,
                             Qt::RoundJoin));
        painter->drawPolyline(checkMark(centredSquare(option->rect, 14)));
        break;
    }
    case PE_IndicatorArrowDown:
    case PE_IndicatorSpinDown:
        drawArrow(option->rect, Qt::DownArrow, enabled, *painter);
        break;
    case PE_IndicatorArrowUp:
    case PE_IndicatorSpinUp:
        drawArrow(option->rect, Qt::UpArrow, enabled, *painter);
        break;
    case PE_IndicatorArrowLeft:
        drawArrow(option->rect, Qt::LeftArrow, enabled, *painter);
        break;
    case PE_IndicatorArrowRight:
        drawArrow(option->rect, Qt::RightArrow, enabled, *painter);
        break;
    case PE_IndicatorBranch:
        if (option->state & State_Children)
            drawArrow(option->rect, option->state & State_Open ? Qt::DownArrow : Qt::RightArrow, enabled,
                      *painter);
        break;
    case PE_FrameFocusRect:
        painter->setPen(QPen(m_theme.accent, 1.5));
        painter->drawRoundedRect(QRectF(option->rect).adjusted(1, 1, -1, -1), 4, 4);
        break;
    default:
        painter->restore();
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        return;
    }
    painter->restore();
}

void PortolanStyle::drawCheckBox(const QStyleOption &option, QPainter &painter) const
{
    const bool enabled = option.state & State_Enabled;
    const bool on = option.state & (State_On | State_NoChange);
    const QRectF box = centredSquare(option.rect, 13);
    const QColor accent = enabled ? m_theme.accent : m_theme.disabled;
    const QColor outline = option.state & (State_MouseOver | State_HasFocus) ? m_theme.accent : m_theme.muted;
    painter.setPen(QPen(on ? accent : enabled ? outline : m_theme.disabled, 1.4));
    painter.setBrush(on ? accent : m_theme.card);
    painter.drawRoundedRect(box, 3, 3);
    if (!on)
        return;
    painter.setPen(QPen(m_theme.onAccent, 1.7, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    if (option.state & State_NoChange)
        painter.drawLine(QPointF(box.left() + 3.5, box.center().y()),
                         QPointF(box.right() - 3.5, box.center().y()));
    else
        painter.drawPolyline(checkMark(box));
}

void PortolanStyle::drawRadioButton(const QStyleOption &option, QPainter &painter) const
{
    const bool enabled = option.state & State_Enabled;
    const QRectF box = centredSquare(option.rect, 13);
    const QColor accent = enabled ? m_theme.accent : m_theme.disabled;
    const bool on = option.state & State_On;
    const bool lively = option.state & (State_MouseOver | State_HasFocus);
    painter.setPen(QPen(on || lively ? accent : m_theme.muted, 1.4));
    painter.setBrush(m_theme.card);
    painter.drawEllipse(box);
    if (on) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(accent);
        painter.drawEllipse(box.adjusted(3.4, 3.4, -3.4, -3.4));
    }
}

void PortolanStyle::drawArrow(const QRectF &rect, Qt::ArrowType type, bool enabled, QPainter &painter) const
{
    static const QPolygonF down{{QPointF(-3.5, -1.8), QPointF(0, 1.8), QPointF(3.5, -1.8)}};
    painter.save();
    painter.translate(rect.center());
    painter.rotate(type == Qt::DownArrow ? 0 : type == Qt::UpArrow ? 180 : type == Qt::LeftArrow ? 90 : -90);
    painter.setPen(
        QPen(enabled ? m_theme.muted : m_theme.disabled, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(down);
    painter.restore();
}

void PortolanStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                       QPainter *painter, const QWidget *widget) const
{
    if (control != CC_ComboBox && control != CC_SpinBox) {
        QProxyStyle::drawComplexControl(control, option, painter, widget);
        return;
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    drawFieldFrame(*option, *painter);
    if (control == CC_ComboBox)
        drawComboBox(*option, *painter, widget);
    else
        drawSpinBox(*option, *painter, widget);
    painter->restore();
}

void PortolanStyle::drawFieldFrame(const QStyleOptionComplex &option, QPainter &painter) const
{
    const bool lively = option.state & (State_MouseOver | State_On);
    painter.setPen(QPen(option.state & State_HasFocus ? m_theme.accent : m_theme.line, 1));
    painter.setBrush(lively ? m_theme.hover : m_theme.card);
    painter.drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), m_theme.controlRadius,
                            m_theme.controlRadius);
}

void PortolanStyle::drawComboBox(const QStyleOptionComplex &option, QPainter &painter,
                                 const QWidget *widget) const
{
    const QRect arrow = proxy()->subControlRect(CC_ComboBox, &option, SC_ComboBoxArrow, widget);
    drawArrow(arrow, Qt::DownArrow, option.state & State_Enabled, painter);
}

void PortolanStyle::drawSpinBox(const QStyleOptionComplex &option, QPainter &painter,
                                const QWidget *widget) const
{
    const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(&option);
    if (!spin || spin->buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    const auto step = [&](SubControl part, Qt::ArrowType arrow, QAbstractSpinBox::StepEnabledFlag flag) {
        drawArrow(proxy()->subControlRect(CC_SpinBox, &option, part, widget), arrow,
                  (option.state & State_Enabled) && (spin->stepEnabled & flag), painter);
    };
    step(SC_SpinBoxUp, Qt::UpArrow, QAbstractSpinBox::StepUpEnabled);
    step(SC_SpinBoxDown, Qt::DownArrow, QAbstractSpinBox::StepDownEnabled);
}

QRect PortolanStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option,
                                    SubControl part, const QWidget *widget) const
{
    const QRect whole = option->rect;
    constexpr int buttonWidth = 22, inset = 7;
    if (control == CC_ComboBox && part == SC_ComboBoxArrow)
        return {whole.right() - buttonWidth, whole.top(), buttonWidth, whole.height()};
    if (control == CC_ComboBox && part == SC_ComboBoxEditField)
        return whole.adjusted(inset, 2, -buttonWidth, -2);
    if (control == CC_SpinBox && part == SC_SpinBoxUp)
        return {whole.right() - buttonWidth, whole.top() + 2, buttonWidth, whole.height() / 2 - 2};
    if (control == CC_SpinBox && part == SC_SpinBoxDown)
        return {whole.right() - buttonWidth, whole.center().y(), buttonWidth, whole.height() / 2 - 2};
    if (control == CC_SpinBox && part == SC_SpinBoxEditField)
        return whole.adjusted(inset - 3, 2, -buttonWidth, -2);
    return QProxyStyle::subControlRect(control, option, part, widget);
}

QSize PortolanStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                      const QWidget *widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    if (type == CT_ComboBox || type == CT_SpinBox)
        result = QSize(result.width() + 12, qMax(result.height(), 28));
    return result;
}

int PortolanStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
    case PM_SmallIconSize:
    case PM_ListViewIconSize:
    case PM_TabBarIconSize:
    case PM_ButtonIconSize:
    case PM_ToolBarIconSize:
    case PM_TreeViewIndentation:
        return 16;
    case PM_SplitterWidth:
        return 1;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

QIcon PortolanStyle::standardIcon(StandardPixmap icon, const QStyleOption *option,
                                  const QWidget *widget) const
{
    switch (icon) {
    case SP_LineEditClearButton:
        return themedIcon(IconName::Close, m_theme);
    case SP_ToolBarHorizontalExtensionButton:
        return themedIcon(IconName::ChevronRight, m_theme);
    default:
        return QProxyStyle::standardIcon(icon, option, widget);
    }
}

int PortolanStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                             QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_UnderlineShortcut:
    case SH_ComboBox_Popup:
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

} // namespace portolan::ui
