#pragma once

#include <QByteArray>

#include <cstdint>
#include <string>

namespace portolan::fakes {

/// `text` in gzip's format (RFC 1952), around what Qt compresses.
inline std::string gzip(const std::string &text)
{
    std::uint32_t crc = 0xffffffff;
    for (const char c : text) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ ((crc & 1) ? 0xedb88320 : 0);
    }
    const auto littleEndian = [](std::uint32_t value) {
        std::string bytes;
        for (int shift = 0; shift < 32; shift += 8)
            bytes += char(value >> shift & 0xff);
        return bytes;
    };
    // Before the deflate stream stand Qt's length and the zlib header, behind it zlib's checksum.
    const QByteArray zlib = qCompress(QByteArray::fromStdString(text));
    const std::string head("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff", 10);
    return head + zlib.mid(6, zlib.size() - 10).toStdString() + littleEndian(~crc) +
           littleEndian(std::uint32_t(text.size()));
}

} // namespace portolan::fakes
