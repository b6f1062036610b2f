#include "model/probe/plain_text.h"
#include "model/probe/runner_script.h"
#include "tests/fakes/local_exec.h"

#include <QTest>

#include <map>
#include <random>
#include <set>
#include <sstream>

using namespace portolan;
using fakes::LocalExec;

namespace {

using Words = std::vector<std::string>;

struct Run
{
    std::map<std::size_t, RunnerResult> results;
    bool isComplete = false;
    std::string raw;
};

Run runTask(LocalExec &image, const RunnerTask &task, const Words &shell = {"sh", "-c"})
{
    kube::ExecRequest request;
    request.command = runnerCommand(shell, task);
    request.maxOutput = std::size_t{8} << 20;
    Run run;
    RunnerReader reader(task.mark);
    request.onStdout = [&](std::string_view piece) {
        run.raw += piece;
        reader.feed(piece, std::chrono::steady_clock::now());
        for (auto &[index, result] : reader.takeResults())
            run.results.emplace(index, std::move(result));
    };
    const auto outcome = image.exec(request, {});
    run.isComplete = reader.isComplete() && outcome && outcome->exitCode == 0;
    return run;
}

/// What a script of ours makes of its own text, fed in pieces of `size`.
std::map<std::size_t, RunnerResult> readText(const std::string &text, std::size_t size = 7)
{
    RunnerReader reader("MARK");
    std::map<std::size_t, RunnerResult> all;
    for (std::size_t at = 0; at < text.size(); at += size) {
        reader.feed(std::string_view(text).substr(at, size), {});
        for (auto &[index, result] : reader.takeResults())
            all.emplace(index, std::move(result));
    }
    return all;
}

constexpr const char *start = "1795623385000000000";
constexpr const char *end = "1795623385000123456";

std::string block(int index, const std::string &output, int code)
{
    const std::string number = std::to_string(index);
    std::string text;
    std::istringstream lines(output);
    for (std::string line; std::getline(lines, line);)
        text += "MARK o " + number + " " + line + "\n";
    return text + "MARK e " + number + " " + std::to_string(code) + " " + start + " " + end + "\n";
}

} // namespace

class TestRunnerScript : public QObject
{
    Q_OBJECT

private:
    static void shellRows()
    {
        QTest::addColumn<QByteArray>("program");
        QTest::newRow("the system's sh") << QByteArray("sh");
        QTest::newRow("bash") << QByteArray("bash");
        QTest::newRow("busybox") << QByteArray("busybox");
    }

    /// An image whose `sh` is that program; false where this machine lacks it.
    static bool installShell(LocalExec &image)
    {
        QFETCH(QByteArray, program);
        for (const char *tool : {"date", "sleep", "printf", "true", "cat"})
            image.install(tool);
        return image.install(program.toStdString(), "sh");
    }

private Q_SLOTS:
    void wordsStayWords_data() { shellRows(); }
    void wordsStayWords()
    {
        LocalExec image;
        if (!installShell(image))
            QFAIL("a shell is missing that packaging/debian-packages lists");
        image.write("show", R"(for w in "$@"; do printf '[%s]' "$w"; done; exit 3)");
        RunnerTask task;
        task.mark = newMark();
        task.prefix = {"show", "$(touch /tmp/x)", "a b", ""};
        task.steps = {{"`id`", "\"'", "${1}", ";", "*", "\\", "한"}, {"-n", "--"}, {}};
        const Run run = runTask(image, task);
        QVERIFY(run.isComplete);
        QCOMPARE(run.results.size(), std::size_t(3));
        QCOMPARE(run.results.at(0).output,
                 std::string("[$(touch /tmp/x)][a b][][`id`][\"'][${1}][;][*][\\][한]"));
        QCOMPARE(run.results.at(1).output, std::string("[$(touch /tmp/x)][a b][][-n][--]"));
        QCOMPARE(run.results.at(2).output, std::string("[$(touch /tmp/x)][a b][]"));
        QCOMPARE(run.results.at(0).exitCode, std::optional<int>(3));
    }

    void manyStepsAtOnceKeepApart_data() { shellRows(); }
    void manyStepsAtOnceKeepApart()
    {
        LocalExec image;
        if (!installShell(image))
            QFAIL("a shell is missing that packaging/debian-packages lists");
        image.write("answer", R"(echo "out $1"; echo "err $1" >&2; exit $1)");
        RunnerTask task;
        task.mark = newMark();
        task.atOnce = 6;
        task.prefix = {"answer"};
        for (int i = 0; i < 20; ++i)
            task.steps.push_back({std::to_string(i)});
        const Run run = runTask(image, task);
        QVERIFY(run.isComplete);
        QCOMPARE(run.results.size(), std::size_t(20));
        for (const auto &[index, result] : run.results) {
            const std::string number = std::to_string(index);
            QCOMPARE(result.exitCode, std::optional<int>(int(index)));
            QCOMPARE(result.output, "out " + number + "\nerr " + number);
            QVERIFY(result.elapsed && result.elapsed->count() > 0);
        }
    }

    void burstsNumberTheirRepetitions_data() { shellRows(); }
    void burstsNumberTheirRepetitions()
    {
        LocalExec image;
        if (!installShell(image))
            QFAIL("a shell is missing that packaging/debian-packages lists");
        RunnerTask task;
        task.mark = newMark();
        task.atOnce = 2;
        task.repeat = 3;
        task.prefix = {"echo"};
        task.steps = {{"a"}, {"b"}};
        const Run run = runTask(image, task);
        QVERIFY(run.isComplete);
        QCOMPARE(run.results.size(), std::size_t(6));
        QCOMPARE(run.results.at(2).output, std::string("a"));
        QCOMPARE(run.results.at(3).output, std::string("b"));
    }

    void programsThatAreMissingSaySo_data() { shellRows(); }
    void programsThatAreMissingSaySo()
    {
        LocalExec image;
        if (!installShell(image))
            QFAIL("a shell is missing that packaging/debian-packages lists");
        RunnerTask task;
        task.mark = newMark();
        task.prefix = {"no-such-program"};
        task.steps = {{"a"}};
        const Run run = runTask(image, task);
        QCOMPARE(run.results.at(0).exitCode, std::optional<int>(127));
        QVERIFY(run.results.at(0).output.find("not found") != std::string::npos);
    }

    void commandsReadNothing()
    {
        LocalExec image;
        image.install("sh");
        image.install("cat");
        RunnerTask task;
        task.mark = newMark();
        task.prefix = {"cat"};
        task.steps = {{}};
        QVERIFY(runTask(image, task).isComplete);
    }

    /// No date, no clock in the shell: the marks' own times stand in.
    void aPodWithoutAClock()
    {
        LocalExec image;
        image.install("sh");
        image.write("date", "echo 1795623385%N");
        image.write("busy", "exit 0");
        RunnerTask task;
        task.mark = newMark();
        task.prefix = {"busy"};
        task.steps = {{}};
        const Run run = runTask(image, task);
        QVERIFY(run.raw.find(task.mark + " s 0\n") != std::string::npos);
        QVERIFY(run.results.at(0).elapsed.has_value());
    }

    void marksAreUnguessable()
    {
        std::set<std::string> marks;
        for (int i = 0; i < 100; ++i)
            marks.insert(newMark());
        QCOMPARE(marks.size(), std::size_t(100));
        QVERIFY(newMark().size() >= 32);
    }

    void blocksAreReadHoweverTheyAreCut()
    {
        const std::string text = block(1, "one\n\ntwo", 0) + block(0, "", 9) + "MARK z\n";
        for (const std::size_t size : {1, 3, 1000}) {
            const auto results = readText(text, size);
            QCOMPARE(results.size(), std::size_t(2));
            QCOMPARE(results.at(1).output, std::string("one\n\ntwo"));
            QCOMPARE(results.at(1).elapsed->count(), 123);
            QCOMPARE(results.at(0).exitCode, std::optional<int>(9));
        }
    }

    /// bash writes line by line.
    void linesOfTwoCommandsMayMix()
    {
        const auto results =
            readText("MARK o 0 a\nMARK o 1  b\nMARK o 0 \nstray\nMARK o 0 c  d\nMARK e 1 3 1 2\n"
                     "MARK e 0 4 1 2\n");
        QCOMPARE(results.size(), std::size_t(2));
        QCOMPARE(results.at(0).output, std::string("a\n\nc  d"));
        QCOMPARE(results.at(0).exitCode, std::optional<int>(4));
        QCOMPARE(results.at(1).output, std::string(" b"));
    }

    void whatIsNotWholeIsNoResult()
    {
        QVERIFY(readText("MARK o 0 hello\n").empty());
        QVERIFY(readText("MARK o 0 x\nMARK e 0 zero 1 2\n").empty());
        QVERIFY(readText("MARK o 0 x\nMARK e 0 0\n").empty());
        QVERIFY(readText("MARK e 0 0 1 2 3\n").empty());
        QVERIFY(readText("MARK e -1 0 1 2\n").empty());
        QVERIFY(readText("MARKS e 0 0 1 2\n").empty());
        QVERIFY(readText(" MARK e 0 0 1 2\n").empty());
        QVERIFY(readText("MARK o 1 MARK e 0 0 1 2\n").empty());
        // The first answer stands.
        QCOMPARE(readText(block(0, "a", 1) + block(0, "b", 0)).at(0).exitCode, std::optional<int>(1));
        // Clocks that run backwards or have no fractions are none.
        QVERIFY(!readText("MARK e 0 0 1795623385000000001 1795623385000000000\n").at(0).elapsed);
        QVERIFY(!readText("MARK e 0 0 1795623385 1795623386\n").at(0).elapsed);
    }

    void randomBytesAreNoResult()
    {
        std::mt19937 random(7); // NOLINT: the same run every time
        for (int round = 0; round < 500; ++round) {
            std::string text;
            static const std::vector<std::string> pieces{"MARK", " o ", " e ", "0",    "1",
                                                         "\n",   " ",   "z",   "\xff", std::string(1, '\0')};
            for (int i = 0; i < 60; ++i)
                text += pieces[random() % pieces.size()];
            for (const auto &[index, result] : readText(text))
                QVERIFY(result.exitCode.has_value() && index <= 11'111'111);
        }
    }

    void plainTextIsPlain()
    {
        QCOMPARE(plainText("a\tb\nc", 100), std::string("a\tb\nc"));
        QCOMPARE(plainText(std::string_view("\x1b[31mred\x07\r\0\x7f", 12), 100), std::string("[31mred"));
        QCOMPARE(plainText("\xed\x95\x9c\xf0\x9f\x98\x80", 100), std::string("\xed\x95\x9c\xf0\x9f\x98\x80"));
        QCOMPARE(plainText("\xff\xc0\x80x\xe2\x82", 100),
                 std::string("\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdx\xef\xbf\xbd\xef\xbf\xbd"));
        QCOMPARE(plainText("\xed\xa0\x80", 100).size(), std::size_t(9));
        QCOMPARE(plainText("a\xe2\x80\xae"
                           "b\xc2\x9b"
                           "c",
                           100),
                 std::string("abc"));
        QCOMPARE(plainText("aaa\xed\x95\x9c", 5), std::string("aaa"));
        QCOMPARE(plainText(std::string(1'000'000, 'x'), 65536).size(), std::size_t(65536));
    }
};

QTEST_GUILESS_MAIN(TestRunnerScript)
#include "test_runner_script.moc"
