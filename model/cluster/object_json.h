#pragma once

#include "model/cluster/objects.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portolan {

using TextMap = std::map<std::string, std::string, std::less<>>;

/// Single values out of the JSON of an object that has no type of its own. Parsed once; places are JSON
/// pointers (RFC 6901): "/spec/cidr". Untrusted: what is not there, or of another type, is nothing.
class ObjectJson
{
public:
    explicit ObjectJson(const std::shared_ptr<const std::string> &json);
    explicit ObjectJson(std::string_view json);
    ~ObjectJson();
    ObjectJson(const ObjectJson &) = delete;
    ObjectJson &operator=(const ObjectJson &) = delete;

    /// False: the text is no JSON, or too large (16 MiB).
    bool isRead() const { return d != nullptr; }
    std::optional<std::string> text(std::string_view pointer) const;
    std::optional<bool> boolean(std::string_view pointer) const;
    std::optional<std::int64_t> number(std::string_view pointer) const;
    std::vector<std::string> texts(std::string_view pointer) const; ///< those of a list that are texts
    TextMap textMap(std::string_view pointer) const;                ///< those of an object that are texts

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// The texts of the object there; empty where it is absent. Nothing where the JSON does not parse.
std::optional<TextMap> textsAt(const ApiObject &object, std::string_view pointer);

} // namespace portolan
