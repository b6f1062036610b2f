#include "model/manifest/manifest_lines.h"

#include "model/base/yaml_json.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>

#include <optional>
#include <utility>
#include <vector>

namespace portolan {

namespace {

constexpr std::size_t largestText = std::size_t{4} << 20;
constexpr int deepestList = 8;

std::string scalarAt(const YAML::Node &map, const char *key)
{
    if (!map.IsMap())
        return {};
    const YAML::Node found = map[key];
    return found && found.IsScalar() ? found.Scalar() : std::string();
}

int lineOfNode(const YAML::Node &node)
{
    return node.Mark().is_null() ? 0 : node.Mark().line + 1;
}

/// A part of a field's path: a key, or an index into a list.
struct Step
{
    std::string key;
    std::optional<std::size_t> index;
};

std::vector<Step> stepsOf(std::string_view field)
{
    std::vector<Step> steps;
    std::string key;
    const auto flush = [&] {
        if (!key.empty())
            steps.push_back({std::exchange(key, {}), {}});
    };
    for (std::size_t i = 0; i < field.size(); ++i) {
        if (field[i] == '.') {
            flush();
        } else if (field[i] == '[') {
            flush();
            const std::size_t end = std::min(field.find(']', i), field.size());
            std::size_t index = 0;
            for (const char digit : field.substr(i + 1, end - i - 1))
                index = digit >= '0' && digit <= '9' ? index * 10 + std::size_t(digit - '0') : index;
            steps.push_back({{}, index});
            i = end;
        } else {
            key += field[i];
        }
    }
    flush();
    return steps;
}

/// Goes one step down; the line it leads to, or 0 where there is nothing.
int descend(YAML::Node &at, const Step &step)
{
    if (step.index) {
        if (!at.IsSequence() || *step.index >= at.size())
            return 0;
        at.reset(YAML::Node(at[*step.index]));
        return lineOfNode(at);
    }
    if (!at.IsMap())
        return 0;
    for (const auto &entry : at) {
        if (!entry.first.IsScalar() || entry.first.Scalar() != step.key)
            continue;
        const int line = lineOfNode(entry.first); // a value may begin on a later line
        at.reset(YAML::Node(entry.second));
        return line;
    }
    return 0;
}

} // namespace

struct ManifestLines::Documents
{
    std::vector<YAML::Node> objects;

    void take(const YAML::Node &node, int depth)
    {
        if (depth > deepestList)
            return;
        if (node.IsSequence()) {
            for (const auto &item : node)
                take(item, depth + 1);
        } else if (node.IsMap()) {
            const YAML::Node items = node["items"];
            if (items && items.IsSequence() && scalarAt(node, "kind").ends_with("List"))
                take(items, depth + 1);
            else
                objects.push_back(node);
        }
    }
};

ManifestLines::ManifestLines(std::unique_ptr<const Documents> documents) : m_documents(std::move(documents))
{
}

ManifestLines::~ManifestLines() = default;
ManifestLines::ManifestLines(ManifestLines &&) noexcept = default;
ManifestLines &ManifestLines::operator=(ManifestLines &&) noexcept = default;

ManifestLines ManifestLines::of(const std::string &yaml)
{
    auto documents = std::make_unique<Documents>();
    try {
        if (yaml.size() <= largestText) {
            for (const YamlDocument &document : yamlDocuments(yaml))
                documents->take(document.node, 0);
        }
    } catch (const YAML::Exception &) {
        documents->objects.clear();
    }
    return ManifestLines(std::move(documents));
}

int ManifestLines::lineOf(std::string_view kind, std::string_view ns, std::string_view name,
                          std::string_view field) const
{
    try {
        for (const YAML::Node &object : m_documents->objects) {
            const YAML::Node meta = object["metadata"];
            const bool hasMeta = meta && meta.IsMap();
            const std::string itsName = hasMeta ? scalarAt(meta, "name") : std::string();
            const std::string itsNs = hasMeta ? scalarAt(meta, "namespace") : std::string();
            if (scalarAt(object, "kind") != kind || itsName != name || (!itsNs.empty() && itsNs != ns))
                continue;
            int line = lineOfNode(object);
            YAML::Node at = YAML::Node(object);
            for (const Step &step : stepsOf(field)) {
                const int next = descend(at, step);
                if (next == 0)
                    break;
                line = next;
            }
            return line;
        }
    } catch (const YAML::Exception &) { // a node that cannot be asked has no line
    }
    return 0;
}

} // namespace portolan
