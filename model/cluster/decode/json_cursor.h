#pragma once

#include <simdjson.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

/// How the decoders walk over API JSON: forward, once, without a tree. Shared by model/cluster/decode and
/// model/snapshot. Inside these files two exceptions carry failures; Decoder turns both into values.
namespace portolan::decoding {

/// One field has a value that its type does not allow: the object that holds it is dropped.
struct OddField
{
    std::string field;
    std::string reason;
};

/// The text is no JSON, or ends too early: nothing after this place can be read.
struct BrokenJson
{
    std::string reason;
};

/// The way from an object's root to a value; lives on the stack of the functions that went it, and is
/// written out only for a message.
struct Path
{
    const Path *outer = nullptr;
    std::string_view name; ///< "" for an array element
    std::size_t index = 0;

    std::string text() const; ///< "spec.ports[2].port"
};

/// True for errors that concern one value and leave the rest of the document readable.
bool isLocal(simdjson::error_code error);
/// Throws BrokenJson for any error.
void throwIfBroken(simdjson::error_code error);

class Cursor;

/// An object whose fields have not been read yet.
class ObjectCursor
{
public:
    ObjectCursor(simdjson::ondemand::object object, const Path *path) : m_object(object), m_path(path) {}

    /// Calls visit(key, Cursor) for every field. What the visitor does not read is skipped.
    template<class Visit>
    void fields(Visit visit);

    /// The same object, with paths in messages beginning at it.
    ObjectCursor asRoot() const { return {m_object, nullptr}; }

    /// The JSON text of the whole object; afterwards fields() may still be called, once.
    std::string_view raw();

private:
    simdjson::ondemand::object m_object;
    const Path *m_path;
};

/// A value that has not been read yet. Kubernetes treats null as absent everywhere, and so do all of
/// these functions: they give the empty value of their type for it.
class Cursor
{
public:
    Cursor(simdjson::ondemand::value value, const Path *path) : m_value(value), m_path(path) {}

    std::optional<ObjectCursor> object();
    template<class Visit>
    void fields(Visit visit);
    /// Calls visit(Cursor) for every element of an array.
    template<class Visit>
    void elements(Visit visit);

    /// Valid until the next document.
    std::string_view text();
    void read(std::string &into) { into = text(); }
    bool boolean();
    template<class Int>
    Int integer();

    bool isNull();
    bool isString();
    bool isNumber();
    /// The JSON text of this value, whatever its type, without white space around it.
    std::string_view raw();

    [[noreturn]] void odd(std::string reason) const;

private:
    /// OddField or BrokenJson, whichever `error` stands for.
    [[noreturn]] void fail(simdjson::error_code error, const char *expected) const;
    bool nullInstead(simdjson::error_code error) { return isLocal(error) && isNull(); }
    std::int64_t wideInteger();

    simdjson::ondemand::value m_value;
    const Path *m_path;
};

template<class Visit>
void ObjectCursor::fields(Visit visit)
{
    for (auto field : m_object) {
        throwIfBroken(field.error());
        std::string_view key;
        throwIfBroken(field.unescaped_key().get(key));
        simdjson::ondemand::value value;
        throwIfBroken(field.value().get(value));
        const Path path{m_path, key};
        visit(key, Cursor(value, &path));
    }
}

template<class Visit>
void Cursor::fields(Visit visit)
{
    if (auto here = object())
        here->fields(visit);
}

template<class Visit>
void Cursor::elements(Visit visit)
{
    simdjson::ondemand::array array;
    if (const auto error = m_value.get_array().get(array)) {
        if (nullInstead(error))
            return;
        fail(error, "a list");
    }
    std::size_t index = 0;
    for (auto element : array) {
        simdjson::ondemand::value value;
        throwIfBroken(element.get(value));
        const Path path{m_path, {}, index++};
        visit(Cursor(value, &path));
    }
}

template<class Int>
Int Cursor::integer()
{
    const std::int64_t wide = wideInteger();
    if (wide < std::int64_t(std::numeric_limits<Int>::min()) ||
        wide > std::int64_t(std::numeric_limits<Int>::max()))
        odd("the number " + std::to_string(wide) + " is out of range");
    return Int(wide);
}

} // namespace portolan::decoding
