#include "model/cluster/decode/json_cursor.h"

namespace portolan::decoding {

namespace od = simdjson::ondemand;

std::string Path::text() const
{
    const std::string before = outer ? outer->text() : std::string();
    if (name.empty())
        return before + "[" + std::to_string(index) + "]";
    return before.empty() ? std::string(name) : before + "." + std::string(name);
}

bool isLocal(simdjson::error_code error)
{
    switch (error) {
    case simdjson::INCORRECT_TYPE:
    case simdjson::NUMBER_ERROR:
    case simdjson::NUMBER_OUT_OF_RANGE:
    case simdjson::STRING_ERROR:
    case simdjson::T_ATOM_ERROR:
    case simdjson::F_ATOM_ERROR:
    case simdjson::N_ATOM_ERROR:
        return true;
    default:
        return false;
    }
}

void throwIfBroken(simdjson::error_code error)
{
    if (error)
        throw BrokenJson{simdjson::error_message(error)};
}

namespace {

/// Raw text of a container reaches to the next token: white space after it is not part of it.
std::string_view trimmed(std::string_view text)
{
    const auto end = text.find_last_not_of(" \t\r\n");
    return end == std::string_view::npos ? std::string_view() : text.substr(0, end + 1);
}

} // namespace

std::string_view ObjectCursor::raw()
{
    std::string_view text;
    throwIfBroken(m_object.raw_json().get(text));
    throwIfBroken(m_object.reset().error());
    return trimmed(text);
}

std::optional<ObjectCursor> Cursor::object()
{
    od::object object;
    if (const auto error = m_value.get_object().get(object)) {
        if (nullInstead(error))
            return std::nullopt;
        fail(error, "an object");
    }
    return ObjectCursor(object, m_path);
}

std::string_view Cursor::text()
{
    std::string_view text;
    if (const auto error = m_value.get_string().get(text)) {
        if (error == simdjson::INCORRECT_TYPE && isNull())
            return {};
        fail(error, "text");
    }
    return text;
}

bool Cursor::boolean()
{
    bool value = false;
    if (const auto error = m_value.get_bool().get(value)) {
        if (nullInstead(error))
            return false;
        fail(error, "true or false");
    }
    return value;
}

std::int64_t Cursor::wideInteger()
{
    std::int64_t value = 0;
    if (const auto error = m_value.get_int64().get(value)) {
        if (nullInstead(error))
            return 0;
        fail(error, "a whole number");
    }
    return value;
}

bool Cursor::isNull()
{
    bool null = false;
    if (const auto error = m_value.is_null().get(null)) {
        if (!isLocal(error))
            throwIfBroken(error);
        return false;
    }
    return null;
}

namespace {

od::json_type typeOf(od::value &value)
{
    od::json_type type{};
    const auto error = value.type().get(type);
    // What starts like no JSON value is unreadable, whichever type was hoped for.
    throwIfBroken(error);
    return type;
}

} // namespace

bool Cursor::isString()
{
    return typeOf(m_value) == od::json_type::string;
}

bool Cursor::isNumber()
{
    return typeOf(m_value) == od::json_type::number;
}

std::string_view Cursor::raw()
{
    const od::json_type type = typeOf(m_value);
    std::string_view text;
    if (type == od::json_type::object) {
        od::object object;
        throwIfBroken(m_value.get_object().get(object));
        throwIfBroken(object.raw_json().get(text));
    } else if (type == od::json_type::array) {
        od::array array;
        throwIfBroken(m_value.get_array().get(array));
        throwIfBroken(array.raw_json().get(text));
    } else {
        text = m_value.raw_json_token();
    }
    return trimmed(text);
}

void Cursor::odd(std::string reason) const
{
    throw OddField{m_path ? m_path->text() : std::string(), std::move(reason)};
}

void Cursor::fail(simdjson::error_code error, const char *expected) const
{
    if (!isLocal(error))
        throw BrokenJson{simdjson::error_message(error)};
    odd(std::string("is not ") + expected);
}

} // namespace portolan::decoding
