#include "model/kube/list_body.h"

#include <array>
#include <iterator>
#include <utility>

namespace portolan::kube {

namespace {

constexpr std::size_t batchSize = std::size_t{256} << 10;
constexpr std::size_t largestItem = std::size_t{64} << 20;
constexpr std::size_t largestEnvelope = std::size_t{1} << 20;
constexpr std::size_t simdPadding = 64;
constexpr std::string_view batchStart = "{\"items\":[";

constexpr std::array<bool, 256> structuralBytes = [] {
    std::array<bool, 256> is{};
    for (const char c : {'"', '{', '}', '[', ']', ',', ':'})
        is[static_cast<unsigned char>(c)] = true;
    return is;
}();

Error tooLarge(const ResourceType &resource, const char *what, std::size_t limit)
{
    return {ErrorCode::TooLarge,
            std::string(what) + " of the list is larger than " + std::to_string(limit >> 20) + " MiB",
            resource.qualifiedName()};
}

} // namespace

Result<void> ListBody::feed(std::string_view chunk)
{
    m_run = chunk.data();
    std::size_t at = 0;
    while (at < chunk.size()) {
        if (m_inString) {
            at = skipString(chunk, at);
            continue;
        }
        while (at < chunk.size() && !structuralBytes[static_cast<unsigned char>(chunk[at])])
            ++at;
        if (at == chunk.size())
            break;
        const char c = chunk[at++];
        Result<void> done;
        if (c == '"') {
            m_inString = true;
            m_keepsKey = m_depth == 1;
            m_key.clear();
        } else if (c == '{' || c == '[') {
            if (m_depth == 1 && c == '[' && m_key == "items")
                done = copyRun(chunk.data() + at);
            openBracket(c);
        } else if (c == '}' || c == ']') {
            if (m_inItems && m_depth == 2) {
                done = copyRun(chunk.data() + at - 1);
                if (done)
                    done = closeBracket();
            } else {
                --m_depth;
            }
        } else if (c == ',' && m_inItems && m_depth == 2) {
            done = copyRun(chunk.data() + at - 1);
            ++m_run;
            if (done)
                done = endItem();
        } else if (c == ',' && m_depth == 1) {
            m_key.clear();
        }
        if (!done)
            return done;
    }
    return copyRun(chunk.data() + chunk.size());
}

/// To the byte after the string's end, or to the end of the chunk.
std::size_t ListBody::skipString(std::string_view chunk, std::size_t at)
{
    while (at < chunk.size()) {
        if (!m_keepsKey && !m_escaped) {
            while (at < chunk.size() && chunk[at] != '"' && chunk[at] != '\\')
                ++at;
            if (at == chunk.size())
                break;
        }
        const char c = chunk[at++];
        if (m_escaped) {
            m_escaped = false;
        } else if (c == '\\') {
            m_escaped = true;
        } else if (c == '"') {
            m_inString = false;
            return at;
        } else if (m_keepsKey && m_key.size() < 16) {
            m_key += c;
        }
    }
    return at;
}

void ListBody::openBracket(char bracket)
{
    if (m_depth == 1 && bracket == '[' && m_key == "items") {
        m_inItems = true;
        m_batch = batchStart;
    }
    ++m_depth;
}

Result<void> ListBody::closeBracket()
{
    --m_depth;
    m_inItems = false;
    if (std::exchange(m_hadItems, true))
        return Error{ErrorCode::Protocol, "the list has items twice", m_resource.qualifiedName()};
    auto done = decodeBatch();
    m_batch = {};
    return done;
}

Result<void> ListBody::endItem()
{
    if (m_batch.size() < batchSize) {
        m_batch += ',';
        return {};
    }
    return decodeBatch();
}

Result<void> ListBody::decodeBatch()
{
    m_batch += "]}";
    m_batch.reserve(m_batch.size() + simdPadding);
    auto batch = m_decoder.listInPlace(m_resource, m_batch);
    if (!batch)
        return batch.error();
    std::move(batch->objects.begin(), batch->objects.end(), std::back_inserter(m_page.objects));
    std::move(batch->faults.begin(), batch->faults.end(), std::back_inserter(m_page.faults));
    m_batch = batchStart;
    return {};
}

Result<void> ListBody::copyRun(const char *end)
{
    std::string &target = inItems() ? m_batch : m_envelope;
    target.append(m_run, std::size_t(end - m_run));
    m_run = end;
    if (m_batch.size() > largestItem + batchSize)
        return tooLarge(m_resource, "an item", largestItem);
    if (m_envelope.size() > largestEnvelope)
        return tooLarge(m_resource, "the metadata", largestEnvelope);
    return {};
}

Result<ListPage> ListBody::finish()
{
    // The items are out of it: what is left is a list with none.
    auto envelope = m_decoder.list(m_resource, m_envelope);
    if (!envelope)
        return envelope;
    envelope->objects = std::move(m_page.objects);
    envelope->faults = std::move(m_page.faults);
    return envelope;
}

} // namespace portolan::kube
