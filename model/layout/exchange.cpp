#include "model/layout/exchange.h"

namespace portolan::layout {

namespace {

/// Along one axis: the first goes to the end of the second, and the second to where the first began.
Exchange turned(const Rect &a, const Rect &b, double Rect::*at, double Rect::*size)
{
    Exchange exchange{a, b};
    const bool inOrder = a.*at < b.*at;
    Rect &first = inOrder ? exchange.a : exchange.b;
    Rect &second = inOrder ? exchange.b : exchange.a;
    const double end = second.*at + second.*size;
    second.*at = first.*at;
    first.*at = end - first.*size;
    return exchange;
}

} // namespace

std::vector<Exchange> exchangesOf(const Rect &a, const Rect &b, bool mayTurn)
{
    std::vector<Exchange> all{{{b.x, b.y, a.width, a.height}, {a.x, a.y, b.width, b.height}}};
    if (!mayTurn || (a.width == b.width && a.height == b.height))
        return all;
    const bool oneColumn = a.x < b.right() && b.x < a.right();
    const bool oneRow = a.y < b.bottom() && b.y < a.bottom();
    if (oneColumn && !oneRow)
        all.push_back(turned(a, b, &Rect::y, &Rect::height));
    else if (oneRow && !oneColumn)
        all.push_back(turned(a, b, &Rect::x, &Rect::width));
    return all;
}

} // namespace portolan::layout
