#pragma once

#include "model/layout/geometry.h"

#include <vector>

namespace portolan::layout {

/// Where two things that change places come to stand.
struct Exchange
{
    Rect a;
    Rect b;
};

/// The ways to exchange two that stand apart: each where the other begins; and, where `mayTurn`, of two that
/// stand one above the other or side by side, in the other order in the room that both take, whatever their
/// sizes.
std::vector<Exchange> exchangesOf(const Rect &a, const Rect &b, bool mayTurn);

} // namespace portolan::layout
