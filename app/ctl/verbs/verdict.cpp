#include "app/ctl/check_lines.h"
#include "app/ctl/command_line.h"
#include "app/ctl/exit_code.h"
#include "app/ctl/policy_source.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

namespace portolan::ctl {

namespace {

constexpr std::size_t blockBytes = std::size_t{1} << 20;
constexpr std::size_t paddingBytes = 64; // what the JSON parser may read past a line's end
constexpr std::size_t longestLine = std::size_t{64} << 20;

void declare(QCommandLineParser &parser)
{
    declarePolicyOptions(parser);
    parser.addOptions({
        {u"checks"_qs, u"Read the checks from FILE; - (default) is standard input."_qs, u"FILE"_qs, u"-"_qs},
        {u"explain"_qs, u"List the policies and rules that decided."_qs},
    });
}

/// fopen() takes one, too.
bool isDirectory(std::FILE *file)
{
    struct stat status
    {
    };
    return ::fstat(::fileno(file), &status) == 0 && S_ISDIR(status.st_mode);
}

struct FileCloser
{
    void operator()(std::FILE *file) const
    {
        if (file != stdin)
            std::fclose(file);
    }
};

/// Reads block by block, so that a pipe gets its answers while it is still being written to.
class CheckRun
{
public:
    CheckRun(std::FILE *in, const policy::PolicyModel &model, bool explain)
        : m_in(in),
          m_answerer(model, explain)
    {
    }

    Result<int> run(const CancelToken &cancel)
    {
        while (!cancel.isCancelled()) {
            m_text.resize(m_used + blockBytes + paddingBytes);
            // A terminal or pipe gives what it has; fread would wait for the whole block.
            const ssize_t got = ::read(::fileno(m_in), m_text.data() + m_used, blockBytes);
            if (got < 0 && errno == EINTR)
                continue;
            if (got < 0)
                return Error{ErrorCode::InvalidInput, std::strerror(errno), "--checks"};
            m_used += std::size_t(got);
            const std::size_t rest = answerLines(got == 0);
            if (std::fwrite(m_out.data(), 1, m_out.size(), stdout) != m_out.size() ||
                std::fflush(stdout) != 0)
                return Error{ErrorCode::Io, "cannot write", "standard output"};
            m_out.clear();
            if (got == 0)
                return m_bad ? AnswerIsNo : Success;
            if (rest > longestLine)
                return Error{ErrorCode::TooLarge, "a line is longer than 64 MiB", "--checks"};
        }
        return Error{ErrorCode::Cancelled, "interrupted", {}};
    }

private:
    /// Answers the whole lines and keeps the rest; gives its size.
    std::size_t answerLines(bool isEnd)
    {
        std::size_t start = 0;
        while (start < m_used) {
            const void *found = std::memchr(m_text.data() + start, '\n', m_used - start);
            if (!found && !isEnd)
                break;
            const std::size_t end =
                found ? std::size_t(static_cast<const char *>(found) - m_text.data()) : m_used;
            answerLine(std::string_view(m_text).substr(start, end - start));
            start = end + 1;
        }
        start = std::min(start, m_used);
        std::memmove(m_text.data(), m_text.data() + start, m_used - start);
        m_used -= start;
        return m_used;
    }

    void answerLine(std::string_view line)
    {
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t'))
            line.remove_suffix(1);
        if (!line.empty())
            m_bad |= !m_answerer.answer(line, m_out);
    }

    std::FILE *m_in;
    CheckAnswerer m_answerer;
    std::string m_text;
    std::size_t m_used = 0;
    std::string m_out;
    bool m_bad = false;
};

int run(const QCommandLineParser &parser, const CancelToken &cancel)
{
    if (!argumentsAreBetween(parser, 0, 0))
        return Usage;
    const QByteArray path = parser.value(u"checks"_qs).toLocal8Bit();
    const std::unique_ptr<std::FILE, FileCloser> in(path == "-" ? stdin : std::fopen(path.constData(), "rb"));
    if (!in)
        return fail({ErrorCode::NotFound, std::strerror(errno), path.toStdString()});
    if (isDirectory(in.get()))
        return fail({ErrorCode::InvalidInput, "is a directory", path.toStdString()});
    const Result<PolicySource> source = openPolicies(parser, parser.value(u"cluster"_qs), cancel);
    if (!source)
        return fail(source.error());
    reportFaults(source->faults);
    const Result<int> code = CheckRun(in.get(), *source->model, parser.isSet(u"explain"_qs)).run(cancel);
    return code ? *code : fail(code.error());
}

} // namespace

Verb verdictVerb()
{
    return {"verdict", "", "Say what policies allow: JSON lines of checks in, the same with verdicts out.",
            declare, run};
}

} // namespace portolan::ctl
