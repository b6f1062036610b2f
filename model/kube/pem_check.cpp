#include "model/kube/pem_check.h"

#include <QByteArray>

#include <optional>

namespace portolan::kube {

namespace {

struct Block
{
    std::string_view label;
    std::string_view body;
};

constexpr std::string_view begin = "-----BEGIN ";
constexpr std::string_view dashes = "-----";

/// The next armoured block from `at`, which moves behind it; nothing at the end or where it never ends.
std::optional<Block> nextBlock(std::string_view pem, std::size_t &at)
{
    const std::size_t start = pem.find(begin, at);
    if (start == std::string_view::npos)
        return std::nullopt;
    const std::size_t label = start + begin.size();
    const std::size_t labelEnd = pem.find(dashes, label);
    if (labelEnd == std::string_view::npos)
        return std::nullopt;
    Block block{pem.substr(label, labelEnd - label), {}};
    const std::size_t body = labelEnd + dashes.size();
    const std::size_t end = pem.find("-----END " + std::string(block.label) + "-----", body);
    if (end == std::string_view::npos)
        return std::nullopt;
    block.body = pem.substr(body, end - body);
    at = end + dashes.size();
    return block;
}

/// Whether the bytes are one DER SEQUENCE that ends where they end.
bool isWholeSequence(const QByteArray &der)
{
    const auto byte = [&](qsizetype i) { return std::size_t(static_cast<unsigned char>(der[i])); };
    if (der.size() < 2 || byte(0) != 0x30)
        return false;
    if (byte(1) < 0x80)
        return std::size_t(der.size()) == byte(1) + 2;
    const auto digits = qsizetype(byte(1) & 0x7f);
    if (digits < 1 || digits > 4 || der.size() < 2 + digits)
        return false;
    std::size_t length = 0;
    for (qsizetype i = 0; i < digits; ++i)
        length = length << 8 | byte(2 + i);
    return std::size_t(der.size()) == length + std::size_t(2 + digits);
}

/// PKCS #8, and the older form with a header line in the armour.
bool isEncrypted(const Block &block)
{
    return block.label == "ENCRYPTED PRIVATE KEY" || block.body.find("ENCRYPTED") != std::string_view::npos;
}

bool isWhole(const Block &block)
{
    QByteArray text(block.body.data(), qsizetype(block.body.size()));
    text = text.simplified().replace(' ', "");
    const auto decoded = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    return decoded && isWholeSequence(decoded.decoded);
}

} // namespace

std::string pemProblem(std::string_view pem, PemKind kind)
{
    const char *wanted = kind == PemKind::Certificates ? "certificate" : "private key";
    if (pem.empty())
        return std::string("is empty, not a ") + wanted;
    std::size_t at = 0;
    bool found = false;
    while (const auto block = nextBlock(pem, at)) {
        const bool fits = kind == PemKind::Certificates ? block->label.ends_with("CERTIFICATE")
                                                        : block->label.ends_with("PRIVATE KEY");
        if (!fits)
            continue;
        if (isEncrypted(*block))
            return "is protected by a passphrase, which cannot be asked for here";
        if (!isWhole(*block))
            return std::string("does not parse: the ") + wanted + " in it is damaged";
        found = true;
    }
    if (pem.find(begin, at) != std::string_view::npos)
        return std::string("does not parse: the ") + wanted + " in it has no end";
    return found ? std::string() : std::string("contains no PEM ") + wanted;
}

} // namespace portolan::kube
