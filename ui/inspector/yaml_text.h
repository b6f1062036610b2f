#pragma once

#include <QString>

#include <string_view>

namespace portolan::ui {

/// A JSON object as YAML for reading: apiVersion, kind, metadata and spec first, then by name. What is no
/// JSON comes back as it is; past 256 KiB of result it is cut and says so. Plain text.
QString yamlText(std::string_view json);

} // namespace portolan::ui
