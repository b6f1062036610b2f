#include "model/probe/probe_command.h"

#include "model/probe/probe_host.h"

#include <algorithm>
#include <array>
#include <span>

namespace portolan {

namespace {

using Words = std::vector<std::string>;

// A CHAOS question that every DNS server answers from its own, if only by refusing it; as printf and as
// Python read it.
constexpr const char *dnsQuestion =
    R"(\160\157\001\000\000\001\000\000\000\000\000\000\007version\004bind\000\000\020\000\003)";
constexpr const char *plainDatagram = R"(portolan\n)";

// bash sets no limit to a connection. Around each of these, where there is no timeout(1) for it: a child
// does the work and tells its end through a pipe (9), which is read for so long; the child is ended and
// reaped by its parent, so that nothing is left behind in the pod.
constexpr const char *bashLimitBegin = R"(exec 9<> <(:); { )";
constexpr const char *bashLimitEnd =
    R"(; echo $? >&9; } & p=$!; if read -t "$1" -u 9 r; then wait $p; exit "$r"; fi; kill $p; wait $p 2>/dev/null; exit 124)";
// $1 the limit of the whole, $2 the wait for an answer.
constexpr const char *bashTcp = R"(exec 3<>"/dev/tcp/$3/$4")";
constexpr const char *bashUdp =
    R"(exec 3<>"/dev/udp/$4/$5" && printf "$3" >&3 && { IFS= read -r -d "" -n 1 -t "$2" -u 3; r=$?; )"
    R"([ $r -gt 128 ] && echo silent; [ $r -eq 0 ] && echo reply; [ $r -eq 0 ]; })";
constexpr const char *bashHttp =
    R"(exec 3<>"/dev/tcp/$3/$4" && echo connected && )"
    R"(printf "GET / HTTP/1.0\r\nHost: %s\r\nUser-Agent: portolan\r\n\r\n" "$3" >&3 && )"
    R"({ IFS= read -r -n 200 -t "$2" -u 3 l; printf "%s\n" "$l"; })";
constexpr const char *ncUdp =
    R"({ printf "$3"; sleep "$2"; } | { "$1" -u -v -w "$2" "$4" "$5"; echo "rc=$?" >&2; } | head -c 200)";
constexpr const char *ncHttp =
    R"(printf "GET / HTTP/1.0\r\nHost: %s\r\nUser-Agent: portolan\r\n\r\n" "$3" | )"
    R"({ "$1" -w "$2" "$3" "$4"; echo "rc=$?" >&2; } | head -n 1)";

// What busybox's nc becomes once it is connected: the shell speaks with the peer, and ends by itself.
constexpr const char *execHttp =
    R"(printf "GET / HTTP/1.0\r\nHost: %s\r\nUser-Agent: portolan\r\n\r\n" "$2"; )"
    R"(IFS= read -r -n 200 -t "$1" l; printf "connected\n%s\n" "$l" >&2)";

// Each prints errno as a number, which no locale changes, and the time without Python's own start.
constexpr const char *pythonFrame = R"(
except OSError as e:
 print(type(e).__name__,e.errno,e)
 r=1
print("elapsed=%.6f"%(time.monotonic()-t))
sys.exit(r))";
constexpr const char *pythonTcp = R"(import socket,sys,time
w,h,p=sys.argv[1:4]
t=time.monotonic();r=0
try:
 socket.create_connection((h,int(p)),float(w)).close()
 print("open"))";
constexpr const char *pythonUdp = R"(import socket,sys,time
w,m,h,p=sys.argv[1:5]
t=time.monotonic();r=0
try:
 a=socket.getaddrinfo(h,int(p),0,socket.SOCK_DGRAM)[0]
 s=socket.socket(a[0],a[1]);s.settimeout(float(w));s.connect(a[4])
 s.send(m.encode().decode("unicode_escape").encode("latin1"))
 try:
  s.recv(2000);print("reply")
 except socket.timeout:
  print("silent"))";
constexpr const char *pythonHttp = R"(import http.client,socket,sys,time
w,h,p=sys.argv[1:4]
t=time.monotonic();r=0
try:
 c=http.client.HTTPConnection(h,int(p),timeout=float(w));c.connect();print("connected")
 c.request("GET","/",headers={"Connection":"close","User-Agent":"portolan"})
 print("HTTP/1.1",c.getresponse().status)
except http.client.HTTPException as e:
 print("no HTTP:",e);r=1)";
constexpr const char *pythonDns = R"(import socket,sys,time
h=sys.argv[1]
t=time.monotonic();r=0
try:
 for a in sorted({i[4][0] for i in socket.getaddrinfo(h,None)}):print(a))";

constexpr std::array tcpLadder{ProbeTool::NcOpenbsd,  ProbeTool::NcBusyboxExec, ProbeTool::NcBusybox,
                               ProbeTool::Bash,       ProbeTool::NcTraditional, ProbeTool::Ncat,
                               ProbeTool::Python3,    ProbeTool::Curl,          ProbeTool::Wget,
                               ProbeTool::WgetBusybox};
constexpr std::array udpLadder{ProbeTool::Bash, ProbeTool::Python3, ProbeTool::NcOpenbsd, ProbeTool::Ncat};
constexpr std::array httpLadder{ProbeTool::Curl,      ProbeTool::Wget,          ProbeTool::WgetBusybox,
                                ProbeTool::Bash,      ProbeTool::Python3,       ProbeTool::NcOpenbsd,
                                ProbeTool::NcBusybox, ProbeTool::NcBusyboxExec, ProbeTool::NcTraditional,
                                ProbeTool::Ncat};
// The tools behind nslookup do not look names up; their failure to do so is an answer as well.
constexpr std::array dnsLadder{ProbeTool::Getent,    ProbeTool::Python3,       ProbeTool::Dig,
                               ProbeTool::Nslookup,  ProbeTool::NcBusyboxExec, ProbeTool::NcOpenbsd,
                               ProbeTool::NcBusybox, ProbeTool::Ncat,          ProbeTool::Bash,
                               ProbeTool::Curl,      ProbeTool::Wget,          ProbeTool::WgetBusybox};

std::span<const ProbeTool> ladderFor(ProbeMethod method)
{
    switch (method) {
    case ProbeMethod::Udp:
        return udpLadder;
    case ProbeMethod::Http:
        return httpLadder;
    case ProbeMethod::Dns:
        return dnsLadder;
    case ProbeMethod::Tcp:
        break;
    }
    return tcpLadder;
}

bool isNc(ProbeTool tool)
{
    return tool <= ProbeTool::NcBusyboxExec;
}

/// Those run within a script of their own, which takes the peer's output through `head`.
bool needsPipe(ProbeTool tool, ProbeMethod method)
{
    return isNc(tool) &&
           (method == ProbeMethod::Udp || (method == ProbeMethod::Http && tool != ProbeTool::NcBusyboxExec));
}

bool canUse(const ToolSet &tools, ProbeTool tool, ProbeMethod method)
{
    if (!tools.has(tool))
        return false;
    if (needsPipe(tool, method))
        return !tools.shell.empty() && tools.canCut;
    return tool != ProbeTool::NcBusyboxExec || method != ProbeMethod::Http || !tools.shell.empty();
}

std::string bracketed(const std::string &host)
{
    return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

/// The whole program: `head` ends inside its try.
std::string python(const char *head)
{
    return std::string(head) + pythonFrame;
}

Words ncPrefix(const ToolSet &tools, const ProbeMeans &means, const std::string &payload)
{
    const std::string wait = std::to_string(means.wait.count());
    if (means.method == ProbeMethod::Udp)
        return {"sh", "-c", ncUdp, "sh", tools.ncProgram, wait, payload};
    if (means.tool == ProbeTool::NcBusyboxExec)
        return {tools.ncProgram, "-w", wait};
    if (means.method == ProbeMethod::Http)
        return {"sh", "-c", ncHttp, "sh", tools.ncProgram, wait};
    return {tools.ncProgram, "-z", "-v", "-w", wait};
}

Words bashPrefix(const ToolSet &tools, const ProbeMeans &means, const std::string &payload)
{
    const auto script = [&](const char *body) {
        return tools.hasTimeout ? std::string(body) : std::string(bashLimitBegin) + body + bashLimitEnd;
    };
    const std::string wait = std::to_string(means.wait.count());
    const std::string limit = std::to_string(means.limit.count());
    if (means.method == ProbeMethod::Udp)
        return {"bash", "-c", script(bashUdp), "bash", limit, wait, payload};
    if (means.method == ProbeMethod::Http)
        return {"bash", "-c", script(bashHttp), "bash", limit, wait};
    return {"bash", "-c", script(bashTcp), "bash", limit, wait};
}

Words pythonPrefix(const ProbeMeans &means, const std::string &payload)
{
    const std::string wait = std::to_string(means.wait.count());
    switch (means.method) {
    case ProbeMethod::Udp:
        return {"python3", "-c", python(pythonUdp), wait, payload};
    case ProbeMethod::Http:
        return {"python3", "-c", python(pythonHttp), wait};
    case ProbeMethod::Dns:
        return {"python3", "-c", python(pythonDns)};
    case ProbeMethod::Tcp:
        break;
    }
    return {"python3", "-c", python(pythonTcp), wait};
}

/// Without the proxies of the pod's environment: what is asked is whether the pod itself gets there.
Words curlPrefix(const ProbeMeans &means)
{
    const auto total =
        means.method == ProbeMethod::Http ? 2 * means.wait : means.wait + std::chrono::seconds(1);
    return {"curl",
            "-q",
            "-g",
            "-sS",
            "-v",
            "--noproxy",
            "*",
            "-o",
            "/dev/null",
            "-w",
            R"(\nhttp=%{http_code} connect=%{time_connect} total=%{time_total}\n)",
            "--connect-timeout",
            std::to_string(means.wait.count()),
            "-m",
            std::to_string(total.count())};
}

Words toolPrefix(const ToolSet &tools, const ProbeMeans &means, const std::string &payload)
{
    const std::string wait = std::to_string(means.wait.count());
    switch (means.tool) {
    case ProbeTool::Bash:
        return bashPrefix(tools, means, payload);
    case ProbeTool::Python3:
        return pythonPrefix(means, payload);
    case ProbeTool::Curl:
        return curlPrefix(means);
    case ProbeTool::Wget:
        return {"wget", "-T", wait, "-t", "1", "--no-proxy", "--max-redirect=0", "-O", "/dev/null"};
    case ProbeTool::WgetBusybox:
        return {"wget", "-Y", "off", "-T", wait, "-O", "/dev/null"};
    case ProbeTool::Getent:
        return {"getent", "ahosts"};
    case ProbeTool::Dig:
        return {"dig", "+search", "+time=" + wait, "+tries=2"};
    case ProbeTool::Nslookup:
        return {"nslookup", "-timeout=" + wait};
    case ProbeTool::NslookupBusybox:
        return {"nslookup", "kubernetes.default.svc.cluster.local."};
    default:
        return ncPrefix(tools, means, payload);
    }
}

} // namespace

bool asksDnsServer(const ProbePlan &plan)
{
    return plan.request.method == ProbeMethod::Udp && plan.request.port == 53;
}

std::optional<ProbeTool> pickProbeTool(const ToolSet &tools, const ProbePlan &plan)
{
    for (const ProbeTool tool : ladderFor(plan.request.method)) {
        if (canUse(tools, tool, plan.request.method))
            return tool;
    }
    const bool onPort53 = std::all_of(plan.steps.begin(), plan.steps.end(),
                                      [](const ProbePlan::Step &step) { return step.port == 53; });
    if (asksDnsServer(plan) && onPort53 && tools.has(ProbeTool::NslookupBusybox))
        return ProbeTool::NslookupBusybox;
    return std::nullopt;
}

ProbeMeans probeMeans(const ToolSet &tools, ProbeTool tool, const ProbePlan &plan, std::chrono::seconds wait)
{
    ProbeMeans means;
    means.tool = tool;
    means.method = plan.request.method;
    means.wait = std::max(wait, std::chrono::seconds(3));
    // bash has no limit of its own for a connection; the others end before this one unless they hang in
    // a name look-up.
    const bool limitIsWait =
        tool == ProbeTool::Bash && (means.method == ProbeMethod::Tcp || means.method == ProbeMethod::Dns);
    means.limit = limitIsWait ? means.wait : 2 * means.wait + std::chrono::seconds(4);
    if (tools.hasTimeout)
        means.prefix = {"timeout", std::to_string(means.limit.count())};
    const Words words = toolPrefix(tools, means, asksDnsServer(plan) ? dnsQuestion : plainDatagram);
    means.prefix.insert(means.prefix.end(), words.begin(), words.end());
    return means;
}

std::vector<std::string> stepArguments(const ProbeMeans &means, const ProbePlan::Step &step)
{
    const std::string port = std::to_string(step.port != 0 ? step.port : 53);
    const bool http = means.method == ProbeMethod::Http;
    switch (means.tool) {
    case ProbeTool::Getent:
    case ProbeTool::Dig:
    case ProbeTool::Nslookup:
    case ProbeTool::NslookupBusybox:
        return {step.host};
    case ProbeTool::Curl:
        return {(http ? "http://" : "telnet://") + bracketed(step.host) + ":" + port + (http ? "/" : "")};
    case ProbeTool::Wget:
    case ProbeTool::WgetBusybox:
        return {"http://" + bracketed(step.host) + ":" + port + "/"};
    case ProbeTool::Python3:
        return means.method == ProbeMethod::Dns ? Words{step.host} : Words{step.host, port};
    case ProbeTool::NcTraditional:
        // Without -n it looks up the name of an address first, and warns.
        if (!needsPipe(means.tool, means.method) && isIpAddress(step.host))
            return {"-n", step.host, port};
        return {step.host, port};
    case ProbeTool::NcBusyboxExec:
        // Connected, it becomes another program: by itself it waits for whatever the peer says.
        if (http)
            return {step.host, port, "-e", "sh", "-c", execHttp, "sh", std::to_string(means.wait.count()),
                    step.host};
        return {step.host, port, "-e", "true"};
    default:
        return {step.host, port};
    }
}

std::string shellQuoted(std::string_view word)
{
    const bool plain = !word.empty() && std::all_of(word.begin(), word.end(), [](unsigned char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '@' || c == '%' || c == '+' || c == '=' || c == ':' || c == ',' || c == '.' || c == '/' ||
               c == '-';
    });
    if (plain)
        return std::string(word);
    std::string quoted = "'";
    for (const char c : word) {
        if (c == '\'')
            quoted += R"('\'')";
        else
            quoted.push_back(c);
    }
    return quoted + "'";
}

std::string kubectlCommand(const std::string &contextName, const ProbePlan &plan,
                           const std::string &container, const std::vector<std::string> &command)
{
    Words words{"kubectl"};
    if (!contextName.empty())
        words.insert(words.end(), {"--context", contextName});
    words.insert(words.end(),
                 {"exec", "-n", plan.request.source.ns, plan.request.source.name, "-c", container, "--"});
    words.insert(words.end(), command.begin(), command.end());
    std::string line;
    for (const std::string &word : words)
        line += (line.empty() ? "" : " ") + shellQuoted(word);
    return line;
}

} // namespace portolan
