#include "model/base/output_file.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

using namespace portolan;

class TestOutputFile : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    QString path(const char *name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    std::string name(const char *name) const { return path(name).toStdString(); }

    static QByteArray contentOf(const QString &name)
    {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
    }
    qsizetype filesInFolder() const
    {
        return QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden | QDir::System).size();
    }
    mode_t modeOf(const char *of) const
    {
        struct stat status
        {
        };
        return ::stat(name(of).c_str(), &status) == 0 ? status.st_mode & 0777 : 0;
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }

    void aNewFileIsAsTheUmaskHasIt()
    {
        const mode_t before = ::umask(027);
        const auto written = writeFile(name("a"), "new");
        ::umask(before);
        QVERIFY(written.has_value());
        QCOMPARE(contentOf(path("a")), QByteArray("new"));
        QCOMPARE(modeOf("a"), mode_t(0640));
        QCOMPARE(filesInFolder(), 1);
    }

    void aFileThatIsThereKeepsItsModeUnlessItIsTheOwnersAlone()
    {
        QVERIFY(writeFile(name("a"), "old").has_value());
        QCOMPARE(::chmod(name("a").c_str(), 0604), 0);
        QVERIFY(writeFile(name("a"), "new").has_value());
        QCOMPARE(modeOf("a"), mode_t(0604));
        QVERIFY(writeFile(name("a"), FileReaders::OwnerAlone, [](const ByteSink &sink) {
                    return sink("mine");
                }).has_value());
        QCOMPARE(modeOf("a"), mode_t(0600));
        QCOMPARE(contentOf(path("a")), QByteArray("mine"));
    }

    void whatCannotBeFilledStaysWhatItWas()
    {
        QVERIFY(writeFile(name("a"), "old").has_value());
        const auto written = writeFile(name("a"), FileReaders::AsUsual, [](const ByteSink &sink) {
            if (!sink("half"))
                return Result<void>();
            return Result<void>(Error{ErrorCode::Cancelled, "enough", {}});
        });
        QVERIFY(!written && written.error().code == ErrorCode::Cancelled);
        QCOMPARE(contentOf(path("a")), QByteArray("old"));
        QCOMPARE(filesInFolder(), 1);
    }

    void aLinkStaysAndItsFileIsReplaced()
    {
        QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("sub")));
        QVERIFY(writeFile(name("sub/a"), "old").has_value());
        QVERIFY(QFile::link(QStringLiteral("sub/a"), path("link")));
        QVERIFY(QFile::link(path("link"), path("link2")));
        QVERIFY(writeFile(name("link2"), "new").has_value());
        QVERIFY(QFileInfo(path("link2")).isSymLink() && QFileInfo(path("link")).isSymLink());
        QCOMPARE(contentOf(path("sub/a")), QByteArray("new"));

        QVERIFY(QFile::link(QStringLiteral("sub/later"), path("dangling")));
        QVERIFY(writeFile(name("dangling"), "made").has_value());
        QVERIFY(QFileInfo(path("dangling")).isSymLink());
        QCOMPARE(contentOf(path("sub/later")), QByteArray("made"));
        QCOMPARE(filesInFolder(), 3);
    }

    void aPipeGetsTheBytesAndStaysAPipe()
    {
        QCOMPARE(::mkfifo(name("pipe").c_str(), 0600), 0);
        QVERIFY(QFile::link(QStringLiteral("pipe"), path("link")));
        const int reader = ::open(name("pipe").c_str(), O_RDONLY | O_NONBLOCK);
        QVERIFY(reader >= 0);
        for (const char *through : {"pipe", "link"}) {
            QVERIFY(writeFile(name(through), "bytes").has_value());
            QByteArray got(16, '\0');
            got.resize(std::max<ssize_t>(::read(reader, got.data(), std::size_t(got.size())), 0));
            QCOMPARE(got, QByteArray("bytes"));
        }
        ::close(reader);
        struct stat status
        {
        };
        QCOMPARE(::lstat(name("pipe").c_str(), &status), 0);
        QVERIFY(S_ISFIFO(status.st_mode));
    }

    /// As `-o /dev/stdout` does where the shell has opened a file.
    void anOpenFileIsAddedTo()
    {
        QVERIFY(writeFile(name("log"), "before ").has_value());
        const int fd = ::open(name("log").c_str(), O_WRONLY | O_APPEND);
        QVERIFY(fd >= 0);
        const auto written = writeFile("/proc/self/fd/" + std::to_string(fd), "ours ");
        QCOMPARE(::write(fd, "after", 5), ssize_t(5));
        ::close(fd);
        QVERIFY(written.has_value());
        QCOMPARE(contentOf(path("log")), QByteArray("before ours after"));
    }

    void whatCannotBeWrittenIsAnErrorOfOutput()
    {
        for (const std::string &file : {name("none/a"), m_folder->path().toStdString(), std::string()}) {
            const auto written = writeFile(file, "x");
            QVERIFY(!written);
            QVERIFY(written.error().code == ErrorCode::Io && written.error().where == file);
        }
        QCOMPARE(filesInFolder(), 0);
    }
};

QTEST_GUILESS_MAIN(TestOutputFile)
#include "test_output_file.moc"
