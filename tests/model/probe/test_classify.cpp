#include "model/probe/classify.h"

#include <QTest>

using namespace portolan;
using namespace std::chrono_literals;

/// One case per cell of the table of tools and endings, each with what the tool printed in a trial (Debian
/// 12: OpenBSD nc 1.219, Ncat 7.93, traditional nc 1.10-47, busybox 1.35, curl 7.88, GNU wget 1.21,
/// bash 5.2, Python 3.11), and odd ones beside them.
class TestClassify : public QObject
{
    Q_OBJECT

private:
    static void columns()
    {
        QTest::addColumn<int>("tool");
        QTest::addColumn<int>("method");
        QTest::addColumn<bool>("isName");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<int>("ms");
        QTest::addColumn<QByteArray>("output");
        QTest::addColumn<QByteArray>("expected");
    }

    struct Row
    {
        const char *name;
        ProbeTool tool;
        ProbeMethod method;
        int exitCode;
        int ms; ///< -1: not measured
        const char *output;
        const char *expected; ///< outcome, and after a blank the note
        bool isName = false;
    };

    static void add(const Row &row)
    {
        QTest::newRow(row.name) << int(row.tool) << int(row.method) << row.isName << row.exitCode << row.ms
                                << QByteArray(row.output) << QByteArray(row.expected);
    }

    static void check()
    {
        QFETCH(int, tool);
        QFETCH(int, method);
        QFETCH(bool, isName);
        QFETCH(int, exitCode);
        QFETCH(int, ms);
        QFETCH(QByteArray, output);
        QFETCH(QByteArray, expected);
        ToolRun run;
        run.tool = ProbeTool(tool);
        run.method = ProbeMethod(method);
        run.hostIsName = isName;
        if (exitCode >= 0)
            run.exitCode = exitCode;
        if (ms >= 0)
            run.elapsed = std::chrono::milliseconds(ms);
        const std::string text = output.toStdString();
        run.output = text;
        const Verdict verdict = classify(run);
        std::string got(probeOutcomeName(verdict.outcome));
        if (!verdict.note.empty())
            got += " " + verdict.note;
        QCOMPARE(QByteArray::fromStdString(got), expected);
    }

private Q_SLOTS:
    void tcp_data()
    {
        columns();
        using enum ProbeTool;
        constexpr auto tcp = ProbeMethod::Tcp;
        const Row rows[] = {
            {"nc openbsd open", NcOpenbsd, tcp, 0, 10, "Connection to 127.0.0.1 8001 port [tcp/*] succeeded!",
             "REACHED"},
            {"nc openbsd refused", NcOpenbsd, tcp, 1, 7,
             "nc: connect to 127.0.0.1 port 8099 (tcp) failed: Connection refused", "REFUSED"},
            {"nc openbsd dropped", NcOpenbsd, tcp, 1, 3010,
             "nc: connect to 10.8.0.2 port 80 (tcp) timed out: Operation now in progress", "TIMEOUT"},
            {"nc openbsd no route", NcOpenbsd, tcp, 1, 4,
             "nc: connect to 10.7.0.2 port 80 (tcp) failed: No route to host", "NO_ROUTE"},
            {"nc openbsd no network", NcOpenbsd, tcp, 1, 4,
             "nc: connect to 10.7.0.2 port 80 (tcp) failed: Network is unreachable", "NO_ROUTE"},
            {"nc openbsd prohibited", NcOpenbsd, tcp, 1, 9,
             "nc: connect to 10.6.0.2 port 80 (tcp) failed: Permission denied", "NO_ROUTE prohibited"},
            {"nc openbsd name", NcOpenbsd, tcp, 1, 9,
             "nc: getaddrinfo for host \"nosuch.invalid\" port 80: Name or service not known", "DNS", true},
            {"nc openbsd look-up hangs", NcOpenbsd, tcp, 124, 10010, "", "DNS dns-timeout", true},
            {"nc openbsd hangs after the connection", NcOpenbsd, tcp, 124, 10010, "", "UNKNOWN"},

            {"ncat open", Ncat, tcp, 0, 250,
             "Ncat: Version 7.93 ( https://nmap.org/ncat )\nNcat: Connected to 127.0.0.1:8001.\nNcat: 0 "
             "bytes "
             "sent, 0 bytes received in 0.22 seconds.",
             "REACHED"},
            {"ncat refused", Ncat, tcp, 1, 346,
             "Ncat: Version 7.93 ( https://nmap.org/ncat )\nNcat: Connection refused.", "REFUSED"},
            {"ncat dropped", Ncat, tcp, 1, 3127,
             "Ncat: Version 7.93 ( https://nmap.org/ncat )\nNcat: TIMEOUT.", "TIMEOUT"},
            {"ncat no route", Ncat, tcp, 1, 20,
             "Ncat: Version 7.93 ( https://nmap.org/ncat )\nNcat: No route to host.", "NO_ROUTE"},
            {"ncat name", Ncat, tcp, 2, 21,
             "Ncat: Version 7.93 ( https://nmap.org/ncat )\nNcat: Could not resolve hostname "
             "\"nosuch.invalid\": Temporary failure in name resolution. QUITTING.",
             "DNS", true},

            {"nc traditional open", NcTraditional, tcp, 0, 5, "(UNKNOWN) [127.0.0.1] 8001 (?) open",
             "REACHED"},
            {"nc traditional refused", NcTraditional, tcp, 1, 5,
             "(UNKNOWN) [127.0.0.1] 8099 (?) : Connection refused", "REFUSED"},
            {"nc traditional dropped", NcTraditional, tcp, 1, 3015,
             "(UNKNOWN) [10.8.0.2] 80 (http) : Connection timed out", "TIMEOUT"},
            {"nc traditional no route", NcTraditional, tcp, 1, 4,
             "10.7.0.2: inverse host lookup failed: Host name lookup failure\n(UNKNOWN) [10.7.0.2] 80 (http) "
             ": No route to host",
             "NO_ROUTE"},
            {"nc traditional name", NcTraditional, tcp, 1, 6,
             "nosuch.invalid: forward host lookup failed: Host name lookup failure : Resource temporarily "
             "unavailable",
             "DNS", true},

            {"busybox open", NcBusyboxExec, tcp, 0, 9, "", "REACHED"},
            {"busybox open without true", NcBusyboxExec, tcp, 127, 9,
             "nc: can't execute 'true': No such file or directory", "REACHED"},
            {"busybox refused", NcBusyboxExec, tcp, 1, 3,
             "nc: can't connect to remote host (127.0.0.1): Connection refused", "REFUSED"},
            {"busybox dropped", NcBusyboxExec, tcp, 1, 3021, "nc: timed out", "TIMEOUT"},
            {"busybox no route", NcBusyboxExec, tcp, 1, 2,
             "nc: can't connect to remote host (10.7.0.2): No route to host", "NO_ROUTE"},
            {"busybox name", NcBusyboxExec, tcp, 1, 2, "nc: bad address 'nosuch.invalid'", "DNS", true},
            {"busybox killed in the look-up", NcBusyboxExec, tcp, 143, 10020, "Terminated", "DNS dns-timeout",
             true},

            {"curl open, peer silent", Curl, tcp, 28, 4069,
             "*   Trying 127.0.0.1:8001...\n* Connected to 127.0.0.1 (127.0.0.1) port 8001 (#0)\n* "
             "Time-out\n* Closing connection 0\ncurl: (28) Time-out\n\nhttp=000 connect=0.000178 "
             "total=4.001",
             "REACHED"},
            {"curl refused", Curl, tcp, 7, 33,
             "*   Trying 127.0.0.1:8099...\n* connect to 127.0.0.1 port 8099 failed: Connection refused\n* "
             "Failed to connect to 127.0.0.1 port 8099 after 1 ms: Couldn't connect to server\n* Closing "
             "connection 0\ncurl: (7) Failed to connect to 127.0.0.1 port 8099 after 1 ms: Couldn't connect "
             "to server\n\nhttp=000 connect=0.000000 total=0.001",
             "REFUSED"},
            {"curl dropped", Curl, tcp, 28, 3030,
             "*   Trying 10.8.0.2:80...\n* ipv4 connect timeout after 3000ms, move on!\n* Failed to connect "
             "to 10.8.0.2 port 80 after 3001 ms: Timeout was reached\ncurl: (28) Failed to connect to "
             "10.8.0.2 port 80 after 3001 ms: Timeout was reached\n\nhttp=000 connect=0.000000 "
             "total=3.001234",
             "TIMEOUT"},
            {"curl no route", Curl, tcp, 7, 9,
             "*   Trying 10.7.0.2:80...\n* connect to 10.7.0.2 port 80 failed: No route to host\n* Failed to "
             "connect to 10.7.0.2 port 80 after 1 ms: Couldn't connect to server\n\nhttp=000 "
             "connect=0.000000 total=0.0001",
             "NO_ROUTE"},
            {"curl name", Curl, tcp, 6, 21,
             "* Could not resolve host: nosuch.invalid\n* Closing connection 0\ncurl: (6) Could not resolve "
             "host: nosuch.invalid\n\nhttp=000 connect=0.000000 total=0.01",
             "DNS", true},
            {"curl look-up hangs", Curl, tcp, 28, 3010,
             "* Resolving timed out after 3000 milliseconds\ncurl: (28) Resolving timed out after 3000 "
             "milliseconds\n\nhttp=000 connect=0.000000 total=3.0",
             "DNS dns-timeout", true},

            {"wget open", Wget, tcp, 4, 3013,
             "--2026-11-25 16:18:23--  http://127.0.0.1:8001/\nConnecting to 127.0.0.1:8001... "
             "connected.\nHTTP request sent, awaiting response... Read error (Connection timed out) in "
             "headers.\nGiving up.",
             "REACHED"},
            {"wget refused", Wget, tcp, 4, 6, "Connecting to 127.0.0.1:8099... failed: Connection refused.",
             "REFUSED"},
            {"wget dropped", Wget, tcp, 4, 3012,
             "Connecting to 10.8.0.2:80... failed: Connection timed out.\nGiving up.", "TIMEOUT"},
            {"wget no route", Wget, tcp, 4, 6, "Connecting to 10.7.0.2:80... failed: No route to host.",
             "NO_ROUTE"},
            {"wget name", Wget, tcp, 4, 5,
             "Resolving nosuch.invalid (nosuch.invalid)... failed: Temporary failure in name "
             "resolution.\nwget: unable to resolve host address 'nosuch.invalid'",
             "DNS", true},
            {"busybox wget refused", WgetBusybox, tcp, 1, 3,
             "Connecting to 10.0.0.1:81 (10.0.0.1:81)\nwget: can't connect to remote host (10.0.0.1): "
             "Connection refused",
             "REFUSED"},
            {"busybox wget open", WgetBusybox, tcp, 1, 3,
             "Connecting to 10.0.0.1 (10.0.0.1:80)\nwget: server returned error: HTTP/1.1 404 Not Found",
             "REACHED"},
            {"busybox wget cannot tell", WgetBusybox, tcp, 1, 3010,
             "Connecting to 10.0.0.1 (10.0.0.1:80)\nwget: download timed out", "UNKNOWN http-no-answer"},

            {"bash open", Bash, tcp, 0, 3, "", "REACHED"},
            {"bash refused", Bash, tcp, 1, 3,
             "bash: connect: Connection refused\nbash: line 1: /dev/tcp/127.0.0.1/8099: Connection refused",
             "REFUSED"},
            {"bash dropped", Bash, tcp, 124, 3004, "", "TIMEOUT"},
            {"bash dropped, busybox timeout", Bash, tcp, 143, 3004, "Terminated", "TIMEOUT"},
            {"bash no route", Bash, tcp, 1, 3081,
             "bash: connect: No route to host\nbash: line 1: /dev/tcp/10.9.0.77/80: No route to host",
             "NO_ROUTE"},
            {"bash name", Bash, tcp, 1, 3,
             "bash: line 1: nosuch.invalid: Temporary failure in name resolution\nbash: line 1: "
             "/dev/tcp/nosuch.invalid/80: Invalid argument",
             "DNS", true},
            {"bash hangs at a name", Bash, tcp, 124, 3004, "", "TIMEOUT name-or-connect", true},

            {"python open", Python3, tcp, 0, 50, "open\nelapsed=0.000321", "REACHED"},
            {"python refused", Python3, tcp, 1, 50,
             "ConnectionRefusedError 111 [Errno 111] Connection refused\nelapsed=0.000123", "REFUSED"},
            {"python refused, in another language", Python3, tcp, 1, 50,
             "ConnectionRefusedError 111 [Errno 111] Verbindungsaufbau abgelehnt\nelapsed=0.000123",
             "REFUSED"},
            {"python dropped", Python3, tcp, 1, 3050, "TimeoutError None timed out\nelapsed=3.001",
             "TIMEOUT"},
            {"python 3.8 dropped", Python3, tcp, 1, 3050, "timeout None timed out\nelapsed=3.001", "TIMEOUT"},
            {"python no route", Python3, tcp, 1, 50,
             "OSError 113 [Errno 113] No route to host\nelapsed=0.0001", "NO_ROUTE"},
            {"python name", Python3, tcp, 1, 50,
             "gaierror -2 [Errno -2] Name or service not known\nelapsed=0.0001", "DNS", true},
        };
        for (const Row &row : rows)
            add(row);
    }
    void tcp() { check(); }

    void odd_data()
    {
        columns();
        using enum ProbeTool;
        constexpr auto tcp = ProbeMethod::Tcp;
        const Row rows[] = {
            {"no exit code", NcOpenbsd, tcp, -1, 5, "Connection to x 80 port [tcp/*] succeeded!",
             "UNKNOWN not-finished"},
            {"a success that says failure of one address", NcOpenbsd, tcp, 0, 8,
             "nc: connect to a (::1) port 80 (tcp) failed: Connection refused\nConnection to a (127.0.0.1) "
             "80 port [tcp/http] succeeded!",
             "REACHED", true},
            {"two addresses, two failures", NcOpenbsd, tcp, 1, 3010,
             "nc: connect to a port 80 (tcp) failed: Network is unreachable\nnc: connect to a port 80 (tcp) "
             "timed out: Operation now in progress",
             "TIMEOUT", true},
            {"refused and unreachable", NcOpenbsd, tcp, 1, 10,
             "nc: connect to a port 80 (tcp) failed: Network is unreachable\nnc: connect to a port 80 (tcp) "
             "failed: Connection refused",
             "REFUSED", true},
            {"another language", NcOpenbsd, tcp, 1, 7,
             "nc: connect to 127.0.0.1 port 8099 (tcp) failed: Verbindungsaufbau abgelehnt", "UNKNOWN"},
            {"a time-out in no time", NcOpenbsd, tcp, 1, 5, "nc: timed out", "UNKNOWN"},
            {"a time-out without a clock", NcOpenbsd, tcp, 1, -1, "nc: timed out", "TIMEOUT"},
            {"exit 1 without a word", NcOpenbsd, tcp, 1, 5, "", "UNKNOWN"},
            {"killed at once (out of memory)", NcOpenbsd, tcp, 137, 40, "Killed", "UNKNOWN"},
            {"crashed", NcBusyboxExec, tcp, 139, 3, "Segmentation fault", "UNKNOWN"},
            {"bash killed at once", Bash, tcp, 137, 20, "Killed", "UNKNOWN"},
            {"runtime without the program, on stdout", NcOpenbsd, tcp, 126, 3,
             "OCI runtime exec failed: exec failed: unable to start container process: exec: \"nc\": "
             "executable file not found in $PATH: unknown",
             "TOOL_MISSING"},
            {"shell without the program", NcOpenbsd, tcp, 127, 3, "sh: nc: not found", "TOOL_MISSING"},
            {"timeout without the program", NcOpenbsd, tcp, 127, 3,
             "timeout: failed to run command 'nc': No such file or directory", "TOOL_MISSING"},
            {"program without its library", Ncat, tcp, 127, 3,
             "ncat: error while loading shared libraries: liblua5.3.so.0: cannot open shared object file",
             "TOOL_MISSING"},
            {"program of another machine", NcOpenbsd, tcp, 126, 3, "sh: nc: Exec format error",
             "TOOL_MISSING"},
            {"a peer that writes our words", Curl, tcp, 28, 4000,
             "* Connected to 1.2.3.4 (1.2.3.4) port 80\n< X: Connection refused\n< Y: Could not resolve "
             "host\n\nhttp=000 connect=0.001 total=4.0",
             "REACHED"},
            {"a peer that claims a connection", Curl, tcp, 7, 4,
             "< connect=1.0\n* connect to 1.2.3.4 port 80 failed: Connection refused\n\nhttp=000 "
             "connect=0.000000 total=0.0",
             "REFUSED"},
            {"numbers that are none", Curl, tcp, 28, 4000, "connect=nan total=inf http=xyz", "UNKNOWN"},
            {"old python, wrong clock", Python3, tcp, 1, 3050, "timeout None timed out\nelapsed=-1",
             "TIMEOUT"},
        };
        for (const Row &row : rows)
            add(row);
    }
    void odd() { check(); }

    void udp_data()
    {
        columns();
        using enum ProbeTool;
        constexpr auto udp = ProbeMethod::Udp;
        const Row rows[] = {
            {"bash reply", Bash, udp, 0, 3, "reply", "REACHED"},
            {"bash silent", Bash, udp, 142, 3005, "silent", "UNKNOWN udp-silent"},
            {"bash refused", Bash, udp, 1, 3, "bash: line 1: read: read error: 3: Connection refused",
             "REFUSED"},
            {"bash no route", Bash, udp, 1, 3,
             "bash: connect: No route to host\nbash: line 1: /dev/udp/10.7.0.2/80: No route to host",
             "NO_ROUTE"},
            {"bash name", Bash, udp, 1, 3,
             "bash: line 1: nosuch.invalid: Temporary failure in name resolution\nbash: line 1: "
             "/dev/udp/nosuch.invalid/80: Invalid argument",
             "DNS", true},
            {"python reply", Python3, udp, 0, 60, "reply\nelapsed=0.0004", "REACHED"},
            {"python silent", Python3, udp, 0, 3060, "silent\nelapsed=3.0004", "UNKNOWN udp-silent"},
            {"python refused", Python3, udp, 1, 60,
             "ConnectionRefusedError 111 [Errno 111] Connection refused\nelapsed=0.0002", "REFUSED"},
            {"nc openbsd reply", NcOpenbsd, udp, 0, 3009,
             "Connection to 127.0.0.1 8003 port [udp/*] succeeded!\nrc=0\nh", "REACHED"},
            {"nc openbsd silent", NcOpenbsd, udp, 0, 3009,
             "Connection to 127.0.0.1 8003 port [udp/*] succeeded!\nrc=0", "UNKNOWN udp-silent"},
            {"nc openbsd refused", NcOpenbsd, udp, 0, 10, "rc=1", "REFUSED"},
            {"nc openbsd no route", NcOpenbsd, udp, 0, 10,
             "nc: connect to 10.7.0.2 port 80 (udp) failed: No route to host\nrc=1", "NO_ROUTE"},
            {"nc openbsd name", NcOpenbsd, udp, 0, 10,
             "nc: getaddrinfo for host \"x\" port 80: Name or service not known\nrc=1", "DNS", true},
            {"ncat reply", Ncat, udp, 0, 3018, "Ncat: Connected to 127.0.0.1:8003.\nhellorc=0", "REACHED"},
            {"ncat silent", Ncat, udp, 0, 3039,
             "Ncat: Version 7.93 ( https://nmap.org/ncat )\nNcat: Connected to 127.0.0.1:8002.\nrc=0",
             "UNKNOWN udp-silent"},
            {"ncat refused", Ncat, udp, 0, 3018,
             "Ncat: Connected to 127.0.0.1:8099.\nNcat: Connection refused.\nrc=1", "REFUSED"},
            {"busybox nslookup answered", NslookupBusybox, udp, 0, 5,
             "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\nName:\tkubernetes.default.svc.cluster.local",
             "REACHED"},
            {"busybox nslookup answered no", NslookupBusybox, udp, 1, 5,
             "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n** server can't find "
             "kubernetes.default.svc.cluster.local.: NXDOMAIN",
             "REACHED"},
            {"busybox nslookup silent", NslookupBusybox, udp, 1, 10005,
             ";; connection timed out; no servers could be reached", "UNKNOWN udp-silent"},
            {"killed", Bash, udp, 124, 10000, "", "UNKNOWN"},
        };
        for (const Row &row : rows)
            add(row);
    }
    void udp() { check(); }

    void http_data()
    {
        columns();
        using enum ProbeTool;
        constexpr auto http = ProbeMethod::Http;
        const Row rows[] = {
            {"curl 200", Curl, http, 0, 17,
             "* Connected to 127.0.0.1 (127.0.0.1) port 8004 (#0)\n> GET / HTTP/1.1\n< HTTP/1.0 200 OK\n\n"
             "http=200 connect=0.000213 total=0.004",
             "REACHED http-200"},
            {"curl 503", Curl, http, 0, 17, "\nhttp=503 connect=0.000213 total=0.004", "REACHED http-503"},
            {"curl silent peer", Curl, http, 28, 4022,
             "* Operation timed out after 4001 milliseconds with 0 bytes received\n\nhttp=000 "
             "connect=0.000178 total=4.0",
             "UNKNOWN http-no-answer"},
            {"curl refused", Curl, http, 7, 3,
             "* connect to 127.0.0.1 port 8099 failed: Connection refused\n\nhttp=000 connect=0.000000 "
             "total=0.0",
             "REFUSED"},
            {"curl dropped", Curl, http, 28, 3014,
             "curl: (28) Failed to connect to 10.8.0.2 port 80 after 3000 ms: Timeout was "
             "reached\n\nhttp=000 connect=0.000000 total=3.0",
             "TIMEOUT"},
            {"wget 200", Wget, http, 0, 8,
             "Connecting to 127.0.0.1:8004... connected.\nHTTP request sent, awaiting response... 200 OK",
             "REACHED http-200"},
            {"wget 404", Wget, http, 8, 12,
             "Connecting to 127.0.0.1:8004... connected.\nHTTP request sent, awaiting response... 404 File "
             "not found\n2026-11-25 16:18:32 ERROR 404: File not found.",
             "REACHED http-404"},
            {"wget silent peer", Wget, http, 4, 3013,
             "Connecting to 127.0.0.1:8001... connected.\nHTTP request sent, awaiting response... Read error "
             "(Connection timed out) in headers.\nGiving up.",
             "UNKNOWN http-no-answer"},
            {"busybox wget 200", WgetBusybox, http, 0, 8, "Connecting to a (10.0.0.1:80)",
             "REACHED http-200"},
            {"busybox wget 404", WgetBusybox, http, 1, 8,
             "wget: server returned error: HTTP/1.1 404 Not Found", "REACHED http-404"},
            {"busybox wget dropped", WgetBusybox, http, 1, 3010, "wget: download timed out", "TIMEOUT"},
            {"busybox wget name", WgetBusybox, http, 1, 3, "wget: bad address 'nosuch.invalid'", "DNS", true},
            {"nc answered", NcOpenbsd, http, 0, 38, "rc=0\nHTTP/1.0 200 OK\r", "REACHED http-200"},
            {"nc silent peer", NcOpenbsd, http, 0, 3042, "rc=0", "UNKNOWN http-no-answer"},
            {"nc refused without a word", NcOpenbsd, http, 0, 24, "rc=1", "REFUSED"},
            {"nc dropped without a word", NcOpenbsd, http, 0, 3038, "rc=1", "TIMEOUT"},
            {"busybox nc answered", NcBusyboxExec, http, 0, 7, "connected\nHTTP/1.0 200 OK\r",
             "REACHED http-200"},
            {"busybox nc silent peer", NcBusyboxExec, http, 0, 3007, "connected\n", "UNKNOWN http-no-answer"},
            {"busybox nc dropped", NcBusyboxExec, http, 1, 3007, "nc: timed out", "TIMEOUT"},
            {"busybox nc without a shell", NcBusyboxExec, http, 127, 7,
             "nc: can't execute 'sh': No such file or directory", "UNKNOWN http-no-answer"},
            {"busybox nc refused", NcBusyboxExec, http, 0, 16,
             "nc: can't connect to remote host (127.0.0.1): Connection refused", "REFUSED"},
            {"bash answered", Bash, http, 0, 7, "connected\nHTTP/1.1 301 Moved Permanently\r",
             "REACHED http-301"},
            {"bash other protocol", Bash, http, 0, 7, "connected\nSSH-2.0-OpenSSH_9.2",
             "UNKNOWN http-no-answer"},
            {"bash refused", Bash, http, 1, 7,
             "bash: connect: Connection refused\nbash: line 1: /dev/tcp/127.0.0.1/8099: Connection refused",
             "REFUSED"},
            {"python answered", Python3, http, 0, 60, "connected\nHTTP/1.1 200\nelapsed=0.002",
             "REACHED http-200"},
            {"python silent peer", Python3, http, 1, 3060,
             "connected\nTimeoutError None timed out\nelapsed=3.002", "UNKNOWN http-no-answer"},
            {"python dropped", Python3, http, 1, 3060, "TimeoutError None timed out\nelapsed=3.002",
             "TIMEOUT"},
        };
        for (const Row &row : rows)
            add(row);
    }
    void http() { check(); }

    void dns_data()
    {
        columns();
        using enum ProbeTool;
        constexpr auto dns = ProbeMethod::Dns;
        const Row rows[] = {
            {"getent found", Getent, dns, 0, 7, "10.96.0.1       STREAM kubernetes.default.svc.cluster.local",
             "REACHED", true},
            {"getent not found", Getent, dns, 2, 5, "", "DNS", true},
            {"getent no answer", Getent, dns, 2, 10005, "", "DNS dns-timeout", true},
            {"getent killed", Getent, dns, 124, 10005, "", "DNS dns-timeout", true},
            {"python found", Python3, dns, 0, 40, "10.96.0.1\nelapsed=0.001", "REACHED", true},
            {"python not found", Python3, dns, 1, 40,
             "gaierror -2 [Errno -2] Name or service not known\nelapsed=0.001", "DNS", true},
            {"dig found", Dig, dns, 0, 9,
             ";; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 1\n;; flags: qr aa rd; QUERY: 1, ANSWER: 1",
             "REACHED", true},
            {"dig empty", Dig, dns, 0, 9,
             ";; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 1\n;; flags: qr aa rd; QUERY: 1, ANSWER: 0",
             "DNS", true},
            {"dig not found", Dig, dns, 0, 9, ";; ->>HEADER<<- opcode: QUERY, status: NXDOMAIN, id: 1", "DNS",
             true},
            {"dig no server", Dig, dns, 9, 6005, ";; connection timed out; no servers could be reached",
             "DNS dns-timeout", true},
            {"nslookup found", Nslookup, dns, 0, 9,
             "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10#53\n\nName:\tweb.shop.svc.cluster.local\nAddress: "
             "10.96.0.7",
             "REACHED", true},
            {"nslookup not found", Nslookup, dns, 1, 9, "** server can't find web.nowhere.svc: NXDOMAIN",
             "DNS", true},
            {"nc refused, so found", NcBusyboxExec, dns, 1, 4,
             "nc: can't connect to remote host (10.96.0.7): Connection refused", "REACHED", true},
            {"nc timed out, so found", NcBusyboxExec, dns, 1, 3005, "nc: timed out", "REACHED", true},
            {"nc not found", NcBusyboxExec, dns, 1, 4, "nc: bad address 'nosuch.invalid'", "DNS", true},
            {"nc killed", NcBusyboxExec, dns, 143, 10005, "Terminated", "DNS dns-timeout", true},
            {"nc crashed", NcBusyboxExec, dns, 139, 5, "Segmentation fault", "UNKNOWN", true},
        };
        for (const Row &row : rows)
            add(row);
    }
    void dns() { check(); }

    void toolsMeasureForThemselves()
    {
        ToolRun run;
        run.tool = ProbeTool::Python3;
        run.exitCode = 0;
        run.output = "open\nelapsed=0.000321";
        run.elapsed = 45ms;
        QCOMPARE(classify(run).elapsed->count(), 321);
        run.tool = ProbeTool::Curl;
        run.output = "http=000 connect=0.001500 total=4.0";
        QCOMPARE(classify(run).elapsed->count(), 1500);
        run.tool = ProbeTool::NcOpenbsd;
        QVERIFY(!classify(run).elapsed);
    }

    void missingProgramsInAllTheirForms()
    {
        kube::ExecOutcome outcome;
        outcome.statusMessage =
            "Internal error occurred: error executing command in container: failed to exec "
            "in container: failed to start exec: OCI runtime exec failed: exec failed: "
            "unable to start container process: exec: \"sh\": executable file not found in "
            "$PATH: unknown";
        QVERIFY(isMissingProgram(outcome));
        outcome.statusMessage = "exec: \"/bin/sh\": stat /bin/sh: no such file or directory: unknown";
        QVERIFY(isMissingProgram(outcome));
        outcome.statusMessage = "the connection ended before the command's exit code was told";
        QVERIFY(!isMissingProgram(outcome));
        outcome = {};
        outcome.exitCode = 126;
        outcome.out = "OCI runtime exec failed: exec failed: \"nc\": executable file not found in $PATH";
        QVERIFY(isMissingProgram(outcome));
        outcome.exitCode = 1;
        QVERIFY(!isMissingProgram(outcome));
        outcome.exitCode = 127;
        outcome.out = "";
        QVERIFY(!isMissingProgram(outcome));
    }
};

QTEST_GUILESS_MAIN(TestClassify)
#include "test_classify.moc"
