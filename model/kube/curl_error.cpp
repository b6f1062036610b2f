#include "model/kube/curl_error.h"

#include <string_view>

namespace portolan::kube {

namespace {

bool mentions(std::string_view text, std::string_view word)
{
    return text.find(word) != std::string_view::npos;
}

/// OpenSSL's text for a TLS alert about our certificate, which arrives wherever the client happens to be
/// (TLS 1.3 reports it after the handshake).
bool isCertificateAlert(std::string_view text)
{
    return mentions(text, "alert") && (mentions(text, "certificate") || mentions(text, "unknown ca"));
}

Error brokenConnection(const std::string &text, const std::string &where)
{
    if (isCertificateAlert(text))
        return {ErrorCode::Unauthorized, "the server refused the client certificate: " + text, where};
    if (mentions(text, "Too large response headers"))
        return {ErrorCode::TooLarge, text, where};
    return {ErrorCode::Unavailable, "the connection broke: " + text, where};
}

Error failedHandshake(const std::string &text, const std::string &where)
{
    if (isCertificateAlert(text))
        return {ErrorCode::Unauthorized, "the server refused the client certificate: " + text, where};
    if (mentions(text, "reset by peer") || mentions(text, "SSL_ERROR_SYSCALL") ||
        mentions(text, "unexpected eof"))
        return {ErrorCode::Unavailable, "the connection broke during the TLS handshake: " + text, where};
    return {ErrorCode::Protocol, "no TLS connection: " + text, where};
}

} // namespace

bool isBrokenConnection(CURLcode code)
{
    return code == CURLE_SEND_ERROR || code == CURLE_RECV_ERROR || code == CURLE_GOT_NOTHING ||
           code == CURLE_HTTP2 || code == CURLE_HTTP2_STREAM || code == CURLE_PARTIAL_FILE;
}

Error curlError(CURLcode code, const std::string &text, const std::string &where)
{
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return {ErrorCode::Unavailable, "the server's name cannot be resolved: " + text, where};
    case CURLE_COULDNT_RESOLVE_PROXY:
        return {ErrorCode::Unavailable, "the proxy's name cannot be resolved: " + text, where};
    case CURLE_COULDNT_CONNECT:
        return {ErrorCode::Unavailable, "no connection: " + text, where};
    case CURLE_PROXY:
        return {ErrorCode::Unavailable, "the proxy failed: " + text, where};
    case CURLE_OPERATION_TIMEDOUT:
        return {ErrorCode::Timeout, text, where};
    case CURLE_PEER_FAILED_VERIFICATION:
        return {ErrorCode::Protocol, "the server's certificate is not trusted: " + text, where};
    case CURLE_SSL_CERTPROBLEM:
        return {ErrorCode::InvalidInput, "the client certificate or its key cannot be used: " + text, where};
    case CURLE_SSL_CACERT_BADFILE:
        return {ErrorCode::InvalidInput, "the certificate authority cannot be used: " + text, where};
    case CURLE_SSL_CONNECT_ERROR:
        return failedHandshake(text, where);
    case CURLE_PARTIAL_FILE:
        return {ErrorCode::Unavailable, "the answer was cut: " + text, where};
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        return brokenConnection(text, where);
    case CURLE_BAD_CONTENT_ENCODING:
        return {ErrorCode::Protocol, "the answer cannot be decompressed: " + text, where};
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
        return {ErrorCode::Protocol, "the peer does not speak HTTP: " + text, where};
    default:
        return {ErrorCode::Protocol, text, where};
    }
}

} // namespace portolan::kube
