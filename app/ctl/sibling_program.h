#pragma once

#include <QString>

namespace portolan::ctl {

/// The path of another program of Portolan: beside this one, where a package puts helpers, or on PATH;
/// "" where there is none.
QString siblingProgram(const QString &name);

} // namespace portolan::ctl
