#pragma once

#include <memory>
#include <string>
#include <vector>

namespace portolan::fakes {

enum class KeyKind { Ec, Rsa, Ed25519 };

struct TestCertificate
{
    std::string certificatePem;
    std::string keyPem;
};

/// A certificate authority made for one test and forgotten with it, so that no key is ever committed.
/// Aborts the test program where OpenSSL fails: that is no case under test.
class TestAuthority
{
public:
    explicit TestAuthority(const std::string &name = "test authority", KeyKind kind = KeyKind::Ec);
    ~TestAuthority();

    const std::string &certificatePem() const;
    /// The name under which OpenSSL looks for it in a directory of authorities: "9d66eef0.0".
    std::string hashedFileName() const;
    /// For a server; each name is a DNS name or an IPv4 address. The first is the common name too.
    TestCertificate issueServer(const std::vector<std::string> &names, KeyKind kind = KeyKind::Ec) const;
    TestCertificate issueClient(const std::string &commonName, KeyKind kind = KeyKind::Ec) const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace portolan::fakes
