#include "tests/fakes/fake_socket.h"

#include "tests/fakes/fake_api_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>

namespace portolan::fakes {

namespace {

void require(bool good, const char *what)
{
    if (!good) {
        std::perror(what);
        std::abort();
    }
}

X509 *readCertificate(BIO *bio)
{
    return PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
}

int chooseProtocol(SSL *, const unsigned char **out, unsigned char *outLength, const unsigned char *in,
                   unsigned int inLength, void *protocol)
{
    const auto &offered = *static_cast<const std::string *>(protocol);
    auto **choice = const_cast<unsigned char **>(out);
    const auto *bytes = reinterpret_cast<const unsigned char *>(offered.data());
    if (SSL_select_next_proto(choice, outLength, bytes, unsigned(offered.size()), in, inLength) !=
        OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_NOACK;
    return SSL_TLSEXT_ERR_OK;
}

} // namespace

ListeningSocket::ListeningSocket()
{
    m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    require(::bind(m_socket, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0, "bind");
    require(::listen(m_socket, 128) == 0, "listen");
    socklen_t length = sizeof address;
    ::getsockname(m_socket, reinterpret_cast<sockaddr *>(&address), &length);
    m_port = ntohs(address.sin_port);
    m_stopper = ::eventfd(0, EFD_CLOEXEC);
}

ListeningSocket::~ListeningSocket()
{
    ::close(m_socket);
    ::close(m_stopper);
}

int ListeningSocket::accept()
{
    std::array<pollfd, 2> sources{pollfd{m_socket, POLLIN, 0}, pollfd{m_stopper, POLLIN, 0}};
    while (true) {
        if (::poll(sources.data(), sources.size(), -1) < 0)
            continue;
        if (sources[1].revents != 0)
            return -1;
        const int connection = ::accept4(m_socket, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection >= 0) {
            const int on = 1;
            ::setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            return connection;
        }
    }
}

void ListeningSocket::stop()
{
    ::eventfd_write(m_stopper, 1);
}

ServerTlsContext::ServerTlsContext(const FakeServerTls &tls, std::string_view alpn)
    : m_context(SSL_CTX_new(TLS_server_method())),
      m_protocol(char(alpn.size()) + std::string(alpn))
{
    BIO *certificate =
        BIO_new_mem_buf(tls.certificate.certificatePem.data(), int(tls.certificate.certificatePem.size()));
    BIO *key = BIO_new_mem_buf(tls.certificate.keyPem.data(), int(tls.certificate.keyPem.size()));
    X509 *leaf = readCertificate(certificate);
    EVP_PKEY *secret = PEM_read_bio_PrivateKey(key, nullptr, nullptr, nullptr);
    require(SSL_CTX_use_certificate(m_context, leaf) == 1, "server certificate");
    require(SSL_CTX_use_PrivateKey(m_context, secret) == 1, "server key");
    X509_free(leaf);
    EVP_PKEY_free(secret);
    BIO_free(certificate);
    BIO_free(key);
    SSL_CTX_set_alpn_select_cb(m_context, chooseProtocol, &m_protocol);
    if (tls.clientAuthorityPem.empty())
        return;
    BIO *bio = BIO_new_mem_buf(tls.clientAuthorityPem.data(), int(tls.clientAuthorityPem.size()));
    X509 *authority = readCertificate(bio);
    X509_STORE_add_cert(SSL_CTX_get_cert_store(m_context), authority);
    X509_free(authority);
    BIO_free(bio);
    SSL_CTX_set_verify(m_context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
}

ServerTlsContext::~ServerTlsContext()
{
    SSL_CTX_free(m_context);
}

ServerStream::ServerStream(int socket, ServerTlsContext *tls) : m_socket(socket)
{
    if (!tls) {
        m_ready = true;
        return;
    }
    m_ssl = SSL_new(tls->get());
    SSL_set_fd(m_ssl, socket);
}

ServerStream::~ServerStream()
{
    if (m_ssl) {
        if (m_ready)
            SSL_shutdown(m_ssl);
        SSL_free(m_ssl);
    }
    ::close(m_socket);
}

bool ServerStream::handshake()
{
    if (!m_ready)
        m_ready = SSL_accept(m_ssl) == 1;
    if (!m_ready) {
        // Closing at once could reset the connection before the client has read the alert.
        std::array<char, 4096> ignored;
        ::shutdown(m_socket, SHUT_WR);
        while (::recv(m_socket, ignored.data(), ignored.size(), 0) > 0) {
        }
    }
    return m_ready;
}

bool ServerStream::write(std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto sent = m_ssl ? ssize_t(SSL_write(m_ssl, bytes.data(), int(bytes.size())))
                                : ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes.remove_prefix(std::size_t(sent));
    }
    return true;
}

std::optional<std::string> ServerStream::readSome()
{
    std::array<char, 16 << 10> buffer;
    const auto got = m_ssl ? ssize_t(SSL_read(m_ssl, buffer.data(), int(buffer.size())))
                           : ::recv(m_socket, buffer.data(), buffer.size(), 0);
    if (got <= 0)
        return std::nullopt;
    return std::string(buffer.data(), std::size_t(got));
}

bool ServerStream::waitReadable(std::chrono::milliseconds most)
{
    if (m_ssl && SSL_pending(m_ssl) > 0)
        return true;
    pollfd source{m_socket, POLLIN, 0};
    return ::poll(&source, 1, int(most.count())) > 0;
}

void ServerStream::resetOnClose()
{
    const linger hard{1, 0};
    ::setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    m_ready = m_ready && !m_ssl; // no close_notify before the RST
}

std::string ServerStream::sni() const
{
    const char *name = m_ssl ? SSL_get_servername(m_ssl, TLSEXT_NAMETYPE_host_name) : nullptr;
    return name ? name : "";
}

std::string ServerStream::clientName() const
{
    X509 *certificate = m_ssl ? SSL_get1_peer_certificate(m_ssl) : nullptr;
    if (!certificate)
        return {};
    std::array<char, 256> name{};
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name.data(),
                              int(name.size()));
    X509_free(certificate);
    return name.data();
}

} // namespace portolan::fakes
