#include "translations/translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

/// Outside of every namespace: Q_INIT_RESOURCE declares a function where it stands.
static void bringInTranslations()
{
    Q_INIT_RESOURCE(translations);
}

namespace portolan {

namespace {

void install(QCoreApplication &application, const QLocale &locale, const QString &name,
             const QString &directory)
{
    auto *translator = new QTranslator(&application);
    if (translator->load(locale, name, QStringLiteral("_"), directory))
        QCoreApplication::installTranslator(translator);
    else
        delete translator;
}

} // namespace

void installTranslations(QCoreApplication &application, const QString &language)
{
    bringInTranslations();
    QLocale locale = language.isEmpty() ? QLocale::system() : QLocale(language);
    const bool spoken = locale.language() == QLocale::Korean || locale.language() == QLocale::English;
    if (!spoken)
        locale = QLocale(QLocale::English);
    QLocale::setDefault(locale);
    install(application, locale, QStringLiteral("qtbase"),
            QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(application, locale, QStringLiteral("portolan"), QStringLiteral(":/i18n"));
}

} // namespace portolan
