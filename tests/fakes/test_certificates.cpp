#include "tests/fakes/test_certificates.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <cstdlib>

namespace portolan::fakes {

namespace {

using KeyPtr = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using CertificatePtr = std::unique_ptr<X509, decltype(&X509_free)>;
using BioPtr = std::unique_ptr<BIO, decltype(&BIO_free_all)>;

void require(bool good, const char *what)
{
    if (!good) {
        std::fprintf(stderr, "test certificates: %s failed\n", what);
        std::abort();
    }
}

KeyPtr makeKey(KeyKind kind)
{
    EVP_PKEY *key = nullptr;
    switch (kind) {
    case KeyKind::Ec:
        key = EVP_EC_gen("P-256");
        break;
    case KeyKind::Rsa:
        key = EVP_RSA_gen(2048);
        break;
    case KeyKind::Ed25519:
        key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
        break;
    }
    require(key != nullptr, "key generation");
    return {key, &EVP_PKEY_free};
}

std::string text(BIO *bio)
{
    char *bytes = nullptr;
    const long size = BIO_get_mem_data(bio, &bytes);
    return std::string(bytes, std::size_t(size));
}

std::string toPem(X509 *certificate)
{
    const BioPtr bio(BIO_new(BIO_s_mem()), &BIO_free_all);
    require(PEM_write_bio_X509(bio.get(), certificate) == 1, "PEM_write_bio_X509");
    return text(bio.get());
}

std::string toPem(EVP_PKEY *key)
{
    const BioPtr bio(BIO_new(BIO_s_mem()), &BIO_free_all);
    require(PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1,
            "PEM_write_bio_PrivateKey");
    return text(bio.get());
}

void addExtension(X509 *certificate, X509 *issuer, int nid, const std::string &value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
    require(extension != nullptr, value.c_str());
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

CertificatePtr makeCertificate(const std::string &commonName, EVP_PKEY *key, X509 *issuer)
{
    static long serial = 1;
    CertificatePtr certificate(X509_new(), &X509_free);
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 86'400);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME *subject = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char *>(commonName.c_str()), -1, -1, 0);
    X509_set_issuer_name(certificate.get(), issuer ? X509_get_subject_name(issuer) : subject);
    return certificate;
}

void sign(X509 *certificate, EVP_PKEY *key)
{
    const EVP_MD *digest = EVP_PKEY_get_id(key) == EVP_PKEY_ED25519 ? nullptr : EVP_sha256();
    require(X509_sign(certificate, key, digest) > 0, "X509_sign");
}

bool isAddress(const std::string &name)
{
    return name.find_first_not_of("0123456789.") == std::string::npos;
}

std::string alternativeNames(const std::vector<std::string> &names)
{
    std::string value;
    for (const auto &name : names)
        value += (value.empty() ? "" : ",") + std::string(isAddress(name) ? "IP:" : "DNS:") + name;
    return value;
}

} // namespace

struct TestAuthority::Private
{
    KeyPtr key{nullptr, &EVP_PKEY_free};
    CertificatePtr certificate{nullptr, &X509_free};
    std::string pem;

    TestCertificate issue(const std::string &commonName, KeyKind kind, const std::string &usage,
                          const std::string &names) const
    {
        const KeyPtr leafKey = makeKey(kind);
        const CertificatePtr leaf = makeCertificate(commonName, leafKey.get(), certificate.get());
        addExtension(leaf.get(), certificate.get(), NID_basic_constraints, "critical,CA:FALSE");
        addExtension(leaf.get(), certificate.get(), NID_ext_key_usage, usage);
        if (!names.empty())
            addExtension(leaf.get(), certificate.get(), NID_subject_alt_name, names);
        sign(leaf.get(), key.get());
        return {toPem(leaf.get()), toPem(leafKey.get())};
    }
};

TestAuthority::TestAuthority(const std::string &name, KeyKind kind) : d(std::make_unique<Private>())
{
    d->key = makeKey(kind);
    d->certificate = makeCertificate(name, d->key.get(), nullptr);
    addExtension(d->certificate.get(), d->certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    addExtension(d->certificate.get(), d->certificate.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
    sign(d->certificate.get(), d->key.get());
    d->pem = toPem(d->certificate.get());
}

TestAuthority::~TestAuthority() = default;

const std::string &TestAuthority::certificatePem() const
{
    return d->pem;
}

std::string TestAuthority::hashedFileName() const
{
    char name[32];
    std::snprintf(name, sizeof name, "%08lx.0", X509_subject_name_hash(d->certificate.get()));
    return name;
}

TestCertificate TestAuthority::issueServer(const std::vector<std::string> &names, KeyKind kind) const
{
    return d->issue(names.at(0), kind, "serverAuth", alternativeNames(names));
}

TestCertificate TestAuthority::issueClient(const std::string &commonName, KeyKind kind) const
{
    return d->issue(commonName, kind, "clientAuth", {});
}

} // namespace portolan::fakes
