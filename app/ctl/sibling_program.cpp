#include "app/ctl/sibling_program.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace portolan::ctl {

QString siblingProgram(const QString &name)
{
    const QDir here(QCoreApplication::applicationDirPath());
    for (const QString &folder : {u"."_qs, u"../libexec/portolan"_qs, u"../lib/portolan"_qs}) {
        const QFileInfo file(here.filePath(folder + u'/' + name));
        if (file.isFile() && file.isExecutable())
            return QDir::cleanPath(file.filePath());
    }
    return QStandardPaths::findExecutable(name);
}

} // namespace portolan::ctl
