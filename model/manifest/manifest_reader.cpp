#include "model/manifest/manifest_reader.h"

#include "model/base/json_depth.h"
#include "model/base/yaml_json.h"

namespace portolan::manifest {

namespace {

constexpr int deepest = 64;
constexpr int deepestList = 8;

class DocumentReader
{
public:
    DocumentReader(const std::string &file, std::vector<ManifestFault> &faults,
                   const std::function<void(Json &&)> &each, std::size_t mostBytes)
        : m_file(file),
          m_faults(faults),
          m_each(each),
          m_mostBytes(mostBytes)
    {
    }

    void readJson(const std::string &text)
    {
        if (nestsDeeperThan(text, deepest)) {
            fault("nests deeper than 64 levels");
            return;
        }
        Json json = Json::parse(text, nullptr, false);
        if (json.is_discarded())
            fault("is no JSON");
        else
            take(std::move(json), 0);
    }

    void readYaml(const std::string &text)
    {
        try {
            std::size_t index = 0;
            for (const YAML::Node &node : yamlDocuments(text)) {
                ++index;
                readNode(node, index);
            }
        } catch (const YAML::Exception &problem) {
            fault("is no YAML: " + std::string(problem.what()));
            m_faults.back().line = problem.mark.is_null() ? 0 : problem.mark.line + 1;
        }
    }

    bool isComplete() const { return m_isComplete; }

private:
    void readNode(const YAML::Node &node, std::size_t index)
    {
        if (node.IsNull())
            return;
        const std::string place = "document " + std::to_string(index);
        const auto json = yamlToJson(node, m_mostBytes);
        if (!json) {
            fault(
                place +
                " nests deeper than 64 levels, refers to itself, has a key that is no text, or is too large");
            return;
        }
        Json parsed = Json::parse(*json, nullptr, false);
        if (parsed.is_discarded())
            fault(place + " is not readable");
        else
            take(std::move(parsed), 0);
    }

    /// A list stands for its items, whatever its kind is called.
    void take(Json &&json, int depth)
    {
        if (json.is_array() && depth == 0) {
            for (Json &item : json)
                take(std::move(item), depth + 1);
            return;
        }
        if (!json.is_object()) {
            if (!json.is_null())
                fault("holds something that is no object");
            return;
        }
        const auto kind = json.find("kind");
        const auto items = json.find("items");
        const bool isList = kind != json.end() && kind->is_string() &&
                            kind->get_ref<const std::string &>().ends_with("List") && items != json.end();
        if (!isList) {
            m_each(std::move(json));
            return;
        }
        if (!items->is_array() || depth > deepestList) {
            fault("has a list whose items are not readable");
            return;
        }
        const std::string listKind = kind->get<std::string>();
        const Json version = json.value("apiVersion", Json());
        for (Json &item : *items) {
            // Items of a typed list may leave out what the list says.
            if (item.is_object() && listKind != "List") {
                if (!item.contains("kind"))
                    item["kind"] = listKind.substr(0, listKind.size() - 4);
                if (!item.contains("apiVersion"))
                    item["apiVersion"] = version;
            }
            take(std::move(item), depth + 1);
        }
    }

    void fault(std::string text)
    {
        m_isComplete = false;
        m_faults.push_back({m_file, {}, {}, std::move(text)});
    }

    const std::string &m_file;
    std::vector<ManifestFault> &m_faults;
    const std::function<void(Json &&)> &m_each;
    const std::size_t m_mostBytes;
    bool m_isComplete = true;
};

} // namespace

bool readDocuments(const std::string &file, const std::string &text, std::vector<ManifestFault> &faults,
                   const std::function<void(Json &&)> &each, std::size_t mostBytes)
{
    DocumentReader reader(file, faults, each, mostBytes);
    if (file.ends_with(".json"))
        reader.readJson(text);
    else
        reader.readYaml(text);
    return reader.isComplete();
}

} // namespace portolan::manifest
