#include "model/manifest/manifest.h"

#include "model/manifest/manifest_builder.h"
#include "model/manifest/manifest_reader.h"

#include <algorithm>
#include <fstream>

namespace portolan {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t largestFile = std::uintmax_t{256} << 20;
constexpr std::uintmax_t largestFolder = std::uintmax_t{1} << 30;
constexpr std::size_t mostFiles = 100'000;

bool hasManifestEnding(const fs::path &path)
{
    const std::string ending = path.extension().string();
    return ending == ".yaml" || ending == ".yml" || ending == ".json";
}

Result<std::vector<fs::path>> filesBelow(const fs::path &folder)
{
    std::vector<fs::path> files;
    std::error_code problem;
    for (auto entry = fs::recursive_directory_iterator(folder, problem);
         !problem && entry != fs::recursive_directory_iterator(); entry.increment(problem)) {
        if (!hasManifestEnding(entry->path()))
            continue;
        std::error_code unknown;
        const fs::file_type type = entry->status(unknown).type();
        if (type != fs::file_type::regular && type != fs::file_type::not_found) // a link to nowhere
            continue;
        files.push_back(entry->path());
        if (files.size() > mostFiles)
            return Error{ErrorCode::TooLarge, "holds more than 100,000 manifests", folder.string()};
    }
    if (problem)
        return Error{ErrorCode::Io, problem.message(), folder.string()};
    std::sort(files.begin(), files.end());
    return files;
}

/// The text of a file, or what is wrong with it.
Result<std::string> textOf(const fs::path &file, std::uintmax_t &left)
{
    std::error_code problem;
    const std::uintmax_t size = fs::file_size(file, problem);
    if (problem)
        return Error{ErrorCode::Io, problem.message(), file.string()};
    if (size > largestFile || size > left)
        return Error{ErrorCode::TooLarge, "is too large", file.string()};
    left -= size;
    std::ifstream stream(file, std::ios::binary);
    std::string text(std::size_t(size), '\0');
    stream.read(text.data(), std::streamsize(size));
    if (!stream)
        return Error{ErrorCode::Io, "cannot be read", file.string()};
    return text;
}

} // namespace

std::string ManifestFault::oneLine() const
{
    std::string all = file;
    for (const std::string *part : {&object, &field, &text}) {
        if (!part->empty())
            all += (all.empty() ? "" : ": ") + *part;
    }
    return withoutControlCharacters(all);
}

std::string ManifestCluster::fileOf(const ObjectRef &ref) const
{
    const auto found = files.find(ref);
    return found == files.end() ? std::string() : found->second;
}

bool looksLikeManifests(const fs::path &path)
{
    std::error_code problem;
    return fs::is_directory(path, problem) || hasManifestEnding(path);
}

ManifestCluster readManifests(const std::vector<std::pair<std::string, std::string>> &files,
                              std::size_t mostBytes)
{
    std::vector<ManifestFault> faults;
    manifest::ManifestBuilder builder(faults);
    for (const auto &[name, text] : files) {
        const auto add = [&builder, &file = name](nlohmann::json &&object) {
            builder.add(file, std::move(object));
        };
        if (!manifest::readDocuments(name, text, faults, add, mostBytes))
            builder.addUnread(name, {});
    }
    return builder.finish();
}

Result<ManifestCluster> loadManifests(const fs::path &path)
{
    std::error_code problem;
    const bool isFolder = fs::is_directory(path, problem);
    if (!isFolder && !fs::exists(path, problem))
        return Error{ErrorCode::NotFound, "is not there", path.string()};
    Result<std::vector<fs::path>> files =
        isFolder ? filesBelow(path) : Result<std::vector<fs::path>>(std::vector{path});
    if (!files)
        return files.error();
    if (files->empty())
        return Error{ErrorCode::InvalidInput, "holds no .yaml, .yml or .json file", path.string()};
    std::vector<ManifestFault> faults;
    manifest::ManifestBuilder builder(faults);
    std::uintmax_t left = largestFolder;
    for (const fs::path &file : *files) {
        Result<std::string> text = textOf(file, left);
        if (!text && !isFolder)
            return text.error();
        const std::string name = isFolder ? file.lexically_relative(path).string() : file.string();
        if (!text) {
            faults.push_back({name, {}, {}, text.error().detail});
            builder.addUnread(name, {});
            continue;
        }
        const auto add = [&](nlohmann::json &&object) { builder.add(name, std::move(object)); };
        if (!manifest::readDocuments(name, *text, faults, add))
            builder.addUnread(name, {});
    }
    return builder.finish();
}

} // namespace portolan
