#include "model/kube/curl_handle.h"

#include "model/kube/curl_error.h"
#include "model/kube/secret_mask.h"

#include <algorithm>
#include <csignal>
#include <mutex>

namespace portolan::kube {

namespace {

void initialiseOnce()
{
    static std::once_flag once;
    std::call_once(once, [] {
        curl_global_init(CURL_GLOBAL_DEFAULT);
        struct sigaction action = {};
        if (::sigaction(SIGPIPE, nullptr, &action) == 0 && action.sa_handler == SIG_DFL)
            std::signal(SIGPIPE, SIG_IGN);
    });
}

curl_blob blobOf(const std::string &pem)
{
    // libcurl copies; its interface only lacks the const.
    return {const_cast<char *>(pem.data()), pem.size(), CURL_BLOB_COPY};
}

bool append(curl_slist *&list, const std::string &line)
{
    curl_slist *longer = curl_slist_append(list, line.c_str());
    if (longer)
        list = longer;
    return longer != nullptr;
}

bool isHeaderName(std::string_view name)
{
    return !name.empty() && std::all_of(name.begin(), name.end(),
                                        [](unsigned char c) { return c > 0x20 && c < 0x7f && c != ':'; });
}

bool isRequestTarget(std::string_view path)
{
    return path.starts_with('/') &&
           std::all_of(path.begin(), path.end(), [](unsigned char c) { return c > 0x20 && c != 0x7f; });
}

} // namespace

bool isHeaderValue(std::string_view value)
{
    return std::all_of(value.begin(), value.end(),
                       [](unsigned char c) { return c == '\t' || (c >= 0x20 && c != 0x7f); });
}

CurlHandle::CurlHandle() : m_easy((initialiseOnce(), curl_easy_init()))
{
    CURL *easy = m_easy;
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, m_errorText.data());
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "portolan/" PORTOLAN_VERSION);
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, 256L << 10);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, 30'000L);
}

CurlHandle::~CurlHandle()
{
    curl_easy_cleanup(m_easy);
    curl_slist_free_all(m_headers);
    curl_slist_free_all(m_connectTo);
}

Result<void> CurlHandle::connectTo(const ClusterAccess &access, const Credential &credential)
{
    const ClusterEntry &cluster = access.cluster;
    m_caField = fieldOf(cluster, "certificate-authority");
    m_credentialField = fieldOf(access.user, "client-certificate");
    auto server = parseServerUrl(cluster.server);
    if (!server)
        return Error{ErrorCode::InvalidInput, server.error().detail, fieldOf(cluster, "server")};
    m_server = std::move(*server);
    m_url = m_server.url();
    m_tlsServerName = m_server.secure ? cluster.tlsServerName : std::string();
    if (!m_tlsServerName.empty() && !isServerName(m_tlsServerName))
        return Error{ErrorCode::InvalidInput, "is no host name", fieldOf(cluster, "tls-server-name")};
    // Secrets never travel in the clear, whatever the caller put together.
    m_credentialHeaders = m_server.secure ? credential.headers : HttpHeaders{};
    if (auto done = setProxy(cluster); !done)
        return done;
    return m_server.secure ? setTls(access, credential) : Result<void>();
}

Result<void> CurlHandle::setProxy(const ClusterEntry &cluster)
{
    if (cluster.proxyUrl.empty()) {
        // As Go does: the environment's proxies are not for this machine itself.
        if (m_server.isLoopback())
            curl_easy_setopt(m_easy, CURLOPT_PROXY, "");
        return {};
    }
    const auto proxy = parseProxyUrl(cluster.proxyUrl);
    if (!proxy)
        return Error{ErrorCode::InvalidInput, proxy.error().detail, fieldOf(cluster, "proxy-url")};
    curl_easy_setopt(m_easy, CURLOPT_PROXY, proxy->c_str());
    curl_easy_setopt(m_easy, CURLOPT_NOPROXY, "");
    return {};
}

Result<void> CurlHandle::setTls(const ClusterAccess &access, const Credential &credential)
{
    CURL *easy = m_easy;
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, long(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, long(CURL_HTTP_VERSION_2TLS));
    const long verify = access.cluster.insecureSkipTlsVerify ? 0 : 1;
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, verify);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, verify * 2);
    curl_easy_setopt(easy, CURLOPT_PROXY_SSL_VERIFYPEER, verify);
    curl_easy_setopt(easy, CURLOPT_PROXY_SSL_VERIFYHOST, verify * 2);
    if (!credential.caPem.empty()) {
        curl_blob ca = blobOf(credential.caPem);
        curl_easy_setopt(easy, CURLOPT_CAINFO_BLOB, &ca);
        curl_easy_setopt(easy, CURLOPT_PROXY_CAINFO_BLOB, &ca);
        // Without this libcurl goes on trusting the system's authorities beside the blob.
        curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
        curl_easy_setopt(easy, CURLOPT_PROXY_CAPATH, nullptr);
    }
    if (!credential.clientCertificatePem.empty()) {
        curl_blob certificate = blobOf(credential.clientCertificatePem);
        curl_blob key = blobOf(credential.clientKeyPem);
        curl_easy_setopt(easy, CURLOPT_SSLCERT_BLOB, &certificate);
        curl_easy_setopt(easy, CURLOPT_SSLCERTTYPE, "PEM");
        curl_easy_setopt(easy, CURLOPT_SSLKEY_BLOB, &key);
        curl_easy_setopt(easy, CURLOPT_SSLKEYTYPE, "PEM");
        // Without it OpenSSL would ask on the terminal for the passphrase of an encrypted key, and wait.
        curl_easy_setopt(easy, CURLOPT_KEYPASSWD, "");
    }
    if (m_tlsServerName.empty())
        return {};
    // SNI and verification go by the URL's host; CONNECT_TO leads the connection to the real one.
    const bool good = append(m_connectTo, m_tlsServerName + ":" + m_server.port + ":" + m_server.host + ":" +
                                              m_server.port);
    if (!good || curl_easy_setopt(easy, CURLOPT_CONNECT_TO, m_connectTo) != CURLE_OK)
        return Error{ErrorCode::InvalidInput, "cannot be used", fieldOf(access.cluster, "tls-server-name")};
    return {};
}

Result<void> CurlHandle::request(std::string_view path, const HttpHeaders &headers)
{
    m_url = m_server.url() + std::string(path);
    if (!isRequestTarget(path))
        return Error{ErrorCode::InvalidInput, "not a request path", withoutControlCharacters(m_url)};
    ServerAddress dialled = m_server;
    if (!m_tlsServerName.empty())
        dialled.host = m_tlsServerName;
    const std::string url = dialled.url() + std::string(path);
    curl_easy_setopt(m_easy, CURLOPT_URL, url.c_str());

    curl_slist_free_all(std::exchange(m_headers, nullptr));
    HttpHeaders all = m_credentialHeaders;
    all.insert(all.end(), headers.begin(), headers.end());
    if (!m_tlsServerName.empty())
        all.emplace_back("host", m_server.authority());
    for (const auto &[name, value] : all) {
        if (!isHeaderName(name) || !isHeaderValue(value))
            return Error{ErrorCode::InvalidInput,
                         "header " + withoutControlCharacters(name) + " is malformed", m_url};
        // "name;" is libcurl's way to write a header without a value.
        append(m_headers, value.empty() ? name + ";" : name + ": " + value);
    }
    append(m_headers, "Expect:");
    curl_easy_setopt(m_easy, CURLOPT_HTTPHEADER, m_headers);
    return {};
}

Error CurlHandle::error(CURLcode code) const
{
    std::string text = withoutSecrets(m_errorText[0] ? m_errorText.data() : curl_easy_strerror(code));
    Error error = curlError(code, text, m_url);
    if (code == CURLE_SSL_CERTPROBLEM)
        error.where = m_credentialField;
    else if (code == CURLE_SSL_CACERT_BADFILE)
        error.where = m_caField;
    return error;
}

} // namespace portolan::kube
