#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace portolan {

/// Where objects and their fields stand in a manifest's text. For what is wrong with an object: the reader of
/// the text should be led to it. Immutable; safe from any thread.
class ManifestLines
{
public:
    /// Text that is no YAML, or larger than 4 MiB, has no lines.
    static ManifestLines of(const std::string &yaml);
    ~ManifestLines();
    ManifestLines(ManifestLines &&) noexcept;
    ManifestLines &operator=(ManifestLines &&) noexcept;

    /// The line, from 1, of "spec.ingress[0].from" of the first object of that kind and name; "" names the
    /// object itself. Of a field that is not there the nearest one above it; 0 where the object is not there.
    /// An object that says no namespace is found in every one.
    int lineOf(std::string_view kind, std::string_view ns, std::string_view name,
               std::string_view field) const;

private:
    struct Documents;
    explicit ManifestLines(std::unique_ptr<const Documents> documents);

    std::unique_ptr<const Documents> m_documents;
};

} // namespace portolan
