#pragma once

#include "model/policy/connectivity.h"

#include <string>

namespace portolan::ctl {

/// "shop/web[Deployment] => shop/cart[Deployment]: TCP 80; unknown UDP 53", one pair a line.
std::string connectivityText(const policy::ConnectivityReport &report);
/// One object a line: {"src", "dst", "allowed": [{"protocol", "first", "last"}], "unknown": […]}.
std::string connectivityJson(const policy::ConnectivityReport &report);

/// "shop/web[Deployment] => shop/cart[Deployment]: now denied TCP 80", then who decided, before and now.
std::string connectivityDiffText(const policy::ConnectivityDiff &diff);
std::string connectivityDiffJson(const policy::ConnectivityDiff &diff);

} // namespace portolan::ctl
