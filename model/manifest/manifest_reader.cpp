#include "model/manifest/manifest_reader.h"

#include "model/base/json_depth.h"
#include "model/base/yaml_json.h"

#include <algorithm>

namespace portolan::manifest {

namespace {

constexpr int deepest = 64;
constexpr int deepestList = 8;
constexpr std::size_t mostNodes = 5'000'000; ///< values and keys of one document
// What aliases may make of what is written: a few times that, and in a file some more.
constexpr std::size_t timesWritten = 4;
constexpr std::size_t freeNodes = 100'000;

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
            for (const YamlDocument &document : yamlDocuments(text)) {
                ++index;
                readDocument(document, index);
            }
        } catch (const YAML::Exception &problem) {
            fault("is no YAML: " + std::string(problem.what()));
            m_faults.back().line = problem.mark.is_null() ? 0 : problem.mark.line + 1;
        }
    }

    bool isComplete() const { return m_isComplete; }

private:
    void readDocument(const YamlDocument &document, std::size_t index)
    {
        if (document.node.IsNull())
            return;
        const std::string place = "document " + std::to_string(index);
        const std::size_t own = document.values * timesWritten;
        const std::size_t most = std::min(own + m_freeLeft, mostNodes);
        std::size_t left = most;
        const Result<std::string> json = yamlToJson(document.node, m_mostBytes, left);
        const std::size_t used = most - left;
        m_freeLeft -= used > own ? used - own : 0;
        if (!json) {
            fault(place + " " + json.error().detail);
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
    std::size_t m_freeLeft = freeNodes; ///< for all documents of the file
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
