#include "model/manifest/manifest.h"

#include <cstdint>

/// Any text is manifests or faults; an odd first byte reads it as JSON, an even one as YAML.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::string text(reinterpret_cast<const char *>(data) + 1, size - 1);
    (void)portolan::readManifests({{data[0] % 2 ? "a.json" : "a.yaml", text}});
    return 0;
}
