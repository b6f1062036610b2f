#pragma once

#include "model/cluster/decode.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace portolan::kube {

/// Reads the body of a LIST while it arrives: the items are handed to the decoder in small batches, so that
/// a list of a gigabyte never stands in memory as text. What is outside of the items (kind, metadata) is
/// kept and read at the end. The result is that of Decoder::list over the whole text.
///
/// Bounds: 64 MiB for an item, 1 MiB for what is outside of the items.
class ListBody
{
public:
    ListBody(Decoder &decoder, const ResourceType &resource) : m_decoder(decoder), m_resource(resource) {}

    /// Errors: Protocol, TooLarge. Of no use after one.
    Result<void> feed(std::string_view chunk);
    /// The page; Protocol where the text ended too early or was no list. Call once.
    Result<ListPage> finish();

    /// Items decoded so far.
    std::size_t count() const { return m_page.objects.size(); }

private:
    void openBracket(char bracket);
    Result<void> closeBracket();
    Result<void> endItem();
    Result<void> decodeBatch();
    /// Puts the bytes since m_run began where they belong.
    Result<void> copyRun(const char *end);
    std::size_t skipString(std::string_view chunk, std::size_t at);
    bool inItems() const { return m_inItems && m_depth >= 2; }

    Decoder &m_decoder;
    ResourceType m_resource;
    ListPage m_page;
    std::string m_envelope; ///< the list without its items
    std::string m_batch;    ///< {"items":[ and whole items, the last one perhaps partial
    std::string m_key;      ///< last string at depth 1: the key where a ':' follows
    bool m_keepsKey = false;
    const char *m_run = nullptr;
    int m_depth = 0;
    bool m_inString = false;
    bool m_escaped = false;
    bool m_inItems = false;
    bool m_hadItems = false;
};

} // namespace portolan::kube
