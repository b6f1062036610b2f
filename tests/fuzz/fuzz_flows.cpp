#include "model/flows/hubble_line.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

/// A line of a flow log, as any pod could print it. What is read counts one record, and its ends are named.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto told = portolan::readHubbleLine({reinterpret_cast<const char *>(data), size});
    if (told && told->record &&
        (told->record->forwarded + told->record->dropped != 1 || !told->record->source.isValid() ||
         !told->record->destination.isValid()))
        std::abort();
    return 0;
}
