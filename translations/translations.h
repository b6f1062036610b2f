#pragma once

#include <QString>

class QCoreApplication;

namespace portolan {

/// Speaks `language` ("en", "ko") from now on, or the system's language where it is "": installs the
/// translations that are built in, and Qt's own where they are installed, and sets the default locale.
/// What is not translated stays English. Before the first widget.
void installTranslations(QCoreApplication &application, const QString &language);

} // namespace portolan
