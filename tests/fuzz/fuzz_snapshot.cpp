#include "model/snapshot/snapshot_reader.h"

#include <string_view>

/// Any bytes are a snapshot or an error, within small bounds of memory.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const portolan::snapshot::Limits limits{std::uint64_t{1} << 22, std::size_t{1} << 20};
    (void)portolan::snapshot::read({reinterpret_cast<const char *>(data), size}, limits);
    return 0;
}
