#include "model/policy/predicate_sets.h"

#include <algorithm>

namespace portolan::policy {

namespace {

using Op = Predicate::Op;

constexpr std::uint64_t allOnes = ~std::uint64_t{0};

ClassBits toBits(std::uint32_t firstWord, std::vector<std::uint64_t> &&words)
{
    ClassBits bits{firstWord, std::move(words)};
    bits.trim();
    bits.words.shrink_to_fit();
    return bits;
}

} // namespace

PredicateSets::PredicateSets(const EndpointClasses &classes)
    : m_traits(classes.traits()),
      m_words((classes.count() + 63) / 64),
      m_known(std::make_shared<Known>())
{
}

const TriBits &PredicateSets::of(const Predicate &predicate) const
{
    const std::lock_guard lock(m_known->mutex);
    return known(predicate);
}

std::size_t PredicateSets::size() const
{
    const std::lock_guard lock(m_known->mutex);
    return m_known->sets.size();
}

/// Precondition: the lock is held.
const TriBits &PredicateSets::known(const Predicate &predicate) const
{
    auto &known = m_known->sets[predicate];
    if (!known) {
        const Span span = spanOf(predicate);
        Words words = evaluate(predicate, span);
        known = std::make_unique<TriBits>();
        known->yes = toBits(span.first, std::move(words.yes));
        known->maybe = toBits(span.first, std::move(words.maybe));
    }
    return *known;
}

PredicateSets::Span PredicateSets::spanOf(const Predicate &predicate) const
{
    const auto hull = [](Span a, Span b) {
        if (a.size() == 0 || b.size() == 0)
            return a.size() == 0 ? b : a;
        return Span{std::min(a.first, b.first), std::max(a.end, b.end)};
    };
    switch (predicate.op()) {
    case Op::Never:
        return {};
    case Op::Text: {
        if (predicate.textOf() != TextOf::NamespaceName || predicate.test() != TextTest::In)
            return {0, m_words};
        Span span;
        for (const std::string &name : predicate.values()) {
            const auto [first, end] = m_traits->classesOfNamespace(name);
            if (first != end)
                span = hull(span, {first / 64, (end + 63) / 64});
        }
        return span;
    }
    case Op::Kind:
        return (predicate.kinds() & ~podsOnly) == 0 ? Span{0, (m_traits->podClassCount() + 63) / 64}
                                                    : Span{0, m_words};
    case Op::And: {
        Span span{0, m_words};
        for (const Predicate &part : predicate.parts()) {
            const Span one = spanOf(part);
            span = {std::max(span.first, one.first), std::min(span.end, one.end)};
        }
        return span.size() == 0 ? Span{} : span;
    }
    case Op::Or: {
        Span span;
        for (const Predicate &part : predicate.parts())
            span = hull(span, spanOf(part));
        return span;
    }
    case Op::Maybe:
    case Op::Always:
    case Op::Address:
    case Op::Not:
        break;
    }
    return {0, m_words};
}

/// Bits past the last class stay zero, so that counting can go by words.
void PredicateSets::clearPastEnd(Words &words, Span span) const
{
    const std::uint32_t left = m_traits->count() % 64;
    if (left == 0 || span.end != m_words || span.size() == 0)
        return;
    const std::uint64_t mask = (std::uint64_t{1} << left) - 1;
    words.yes.back() &= mask;
    if (!words.maybe.empty())
        words.maybe.back() &= mask;
}

PredicateSets::Words PredicateSets::evaluate(const Predicate &predicate, Span span) const
{
    Words words;
    if (span.size() == 0)
        return words;
    switch (predicate.op()) {
    case Op::Never:
        words.yes.assign(span.size(), 0);
        return words;
    case Op::Maybe:
        words.yes.assign(span.size(), 0);
        words.maybe.assign(span.size(), allOnes);
        break;
    case Op::Always:
        words.yes.assign(span.size(), allOnes);
        break;
    case Op::Text:
        return text(predicate, span);
    case Op::Kind:
        return kind(predicate, span);
    case Op::Address:
        return address(predicate, span);
    case Op::Not: {
        words = part(predicate.parts().front(), span);
        for (std::size_t w = 0; w < words.yes.size(); ++w)
            words.yes[w] = ~(words.yes[w] | (words.maybe.empty() ? 0 : words.maybe[w]));
        break;
    }
    case Op::And:
    case Op::Or:
        return combined(predicate, span);
    }
    clearPastEnd(words, span);
    return words;
}

/// A part of a predicate over a wide span is likely to be a part of others too: it is worked out once. In a
/// narrow one (the classes of a namespace) remembering would cost more than it saves.
PredicateSets::Words PredicateSets::part(const Predicate &predicate, Span span) const
{
    constexpr std::uint32_t narrow = 8;
    if (span.size() <= narrow)
        return evaluate(predicate, span);
    const TriBits &whole = known(predicate);
    const auto copied = [&](const ClassBits &bits) {
        std::vector<std::uint64_t> words(span.size());
        const std::uint32_t first = std::max(span.first, bits.firstWord);
        const std::uint32_t end = std::min(span.end, bits.endWord());
        for (std::uint32_t w = first; w < end; ++w)
            words[w - span.first] = bits.words[w - bits.firstWord];
        return words;
    };
    Words words;
    words.yes = copied(whole.yes);
    if (!whole.maybe.isEmpty())
        words.maybe = copied(whole.maybe);
    return words;
}

PredicateSets::Words PredicateSets::combined(const Predicate &predicate, Span span) const
{
    const bool isAnd = predicate.op() == Op::And;
    // In terms of "certainly" (yes) and "possibly" (yes or maybe) both operations are plain.
    std::vector<std::uint64_t> yes(span.size(), isAnd ? allOnes : 0);
    std::vector<std::uint64_t> possible = yes;
    for (const Predicate &predicatePart : predicate.parts()) {
        const Words one = part(predicatePart, span);
        for (std::size_t w = 0; w < yes.size(); ++w) {
            const std::uint64_t may = one.yes[w] | (one.maybe.empty() ? 0 : one.maybe[w]);
            yes[w] = isAnd ? yes[w] & one.yes[w] : yes[w] | one.yes[w];
            possible[w] = isAnd ? possible[w] & may : possible[w] | may;
        }
    }
    Words words;
    bool any = false;
    for (std::size_t w = 0; w < yes.size(); ++w) {
        possible[w] &= ~yes[w];
        any |= possible[w] != 0;
    }
    words.yes = std::move(yes);
    if (any)
        words.maybe = std::move(possible);
    clearPastEnd(words, span);
    return words;
}

PredicateSets::Words PredicateSets::text(const Predicate &predicate, Span span) const
{
    Words words;
    words.yes.assign(span.size(), 0);
    const std::vector<std::uint32_t> &column = m_traits->column(predicate.textOf(), predicate.key());
    const std::uint32_t first = span.first * 64;
    const std::uint32_t end = std::min(span.end * 64, m_traits->count());
    std::vector<std::uint32_t> wanted;
    if (predicate.test() == TextTest::In) {
        for (const std::string &value : predicate.values()) {
            if (const std::uint32_t id = m_traits->valueOf(value); id != ClassTraits::absent)
                wanted.push_back(id);
        }
    }
    const auto meets = [&](std::uint32_t value) {
        if (value == ClassTraits::absent)
            return false;
        if (predicate.test() == TextTest::In)
            return std::find(wanted.begin(), wanted.end(), value) != wanted.end();
        return meetsTest(m_traits->valueText(value), predicate.test(), predicate.values());
    };
    for (std::uint32_t c = first; c < end; ++c) {
        const std::uint32_t value = column[c];
        if (value == ClassTraits::unknown) {
            words.maybe.resize(span.size());
            words.maybe[c / 64 - span.first] |= std::uint64_t{1} << (c % 64);
        } else if (meets(value)) {
            words.yes[c / 64 - span.first] |= std::uint64_t{1} << (c % 64);
        }
    }
    return words;
}

PredicateSets::Words PredicateSets::kind(const Predicate &predicate, Span span) const
{
    Words words;
    words.yes.assign(span.size(), 0);
    for (std::uint32_t c = span.first * 64; c < std::min(span.end * 64, m_traits->count()); ++c) {
        if (predicate.kinds() & kindBit(m_traits->classes()[c].kind))
            words.yes[c / 64 - span.first] |= std::uint64_t{1} << (c % 64);
    }
    return words;
}

PredicateSets::Words PredicateSets::address(const Predicate &predicate, Span span) const
{
    Words words;
    words.yes.assign(span.size(), 0);
    const auto set = [&](std::vector<std::uint64_t> &to, ClassId c) {
        const std::uint32_t word = c / 64;
        if (word >= span.first && word < span.end)
            to[word - span.first] |= std::uint64_t{1} << (c % 64);
    };
    for (const IpRange &block : predicate.blocks())
        m_traits->forEachWithin(block, [&](ClassId c) { set(words.yes, c); });
    if (!m_traits->withoutAddress().empty())
        words.maybe.resize(span.size());
    for (const ClassId c : m_traits->withoutAddress())
        set(words.maybe, c);
    return words;
}

} // namespace portolan::policy
