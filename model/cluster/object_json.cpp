#include "model/cluster/object_json.h"

#include <simdjson.h>

namespace portolan {

namespace {

constexpr std::size_t mostText = std::size_t{16} << 20;

} // namespace

struct ObjectJson::Private
{
    simdjson::dom::parser parser;
    simdjson::dom::element root;

    simdjson::simdjson_result<simdjson::dom::element> at(std::string_view pointer) const
    {
        return root.at_pointer(pointer);
    }
};

ObjectJson::ObjectJson(const std::shared_ptr<const std::string> &json)
    : ObjectJson(json ? std::string_view(*json) : std::string_view())
{
}

ObjectJson::ObjectJson(std::string_view json)
{
    if (json.empty() || json.size() > mostText)
        return;
    auto parsed = std::make_unique<Private>();
    if (parsed->parser.parse(json.data(), json.size(), true).get(parsed->root) == simdjson::SUCCESS)
        d = std::move(parsed);
}

ObjectJson::~ObjectJson() = default;

std::optional<std::string> ObjectJson::text(std::string_view pointer) const
{
    std::string_view value;
    if (!d || d->at(pointer).get(value) != simdjson::SUCCESS)
        return std::nullopt;
    return std::string(value);
}

std::optional<bool> ObjectJson::boolean(std::string_view pointer) const
{
    bool value = false;
    if (!d || d->at(pointer).get(value) != simdjson::SUCCESS)
        return std::nullopt;
    return value;
}

std::optional<std::int64_t> ObjectJson::number(std::string_view pointer) const
{
    std::int64_t value = 0;
    if (!d || d->at(pointer).get(value) != simdjson::SUCCESS)
        return std::nullopt;
    return value;
}

std::vector<std::string> ObjectJson::texts(std::string_view pointer) const
{
    std::vector<std::string> texts;
    simdjson::dom::array list;
    if (!d || d->at(pointer).get(list) != simdjson::SUCCESS)
        return texts;
    for (const simdjson::dom::element element : list) {
        std::string_view value;
        if (element.get(value) == simdjson::SUCCESS)
            texts.emplace_back(value);
    }
    return texts;
}

TextMap ObjectJson::textMap(std::string_view pointer) const
{
    TextMap texts;
    simdjson::dom::object object;
    if (!d || d->at(pointer).get(object) != simdjson::SUCCESS)
        return texts;
    for (const auto &[key, value] : object) {
        std::string_view text;
        if (value.get(text) == simdjson::SUCCESS)
            texts.insert_or_assign(std::string(key), std::string(text));
    }
    return texts;
}

std::optional<TextMap> textsAt(const ApiObject &object, std::string_view pointer)
{
    const ObjectJson json(object.json);
    if (!json.isRead())
        return std::nullopt;
    return json.textMap(pointer);
}

} // namespace portolan
