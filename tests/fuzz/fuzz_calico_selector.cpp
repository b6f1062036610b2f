#include "model/policy/calico_selector.h"

#include <cstdlib>

using portolan::policy::CalicoSelector;

/// Any text is a selector or an error; what is read prints as a text that reads as the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    const auto selector = CalicoSelector::parse(text);
    if (!selector)
        return 0;
    const auto again = CalicoSelector::parse(selector->toString());
    if (!again || !(*again == *selector))
        std::abort();
    const std::string value = "a";
    const auto all = [&](std::string_view) { return &value; };
    const auto none = [](std::string_view) -> const std::string * { return nullptr; };
    if (again->matches(all) != selector->matches(all) || again->matches(none) != selector->matches(none))
        std::abort();
    if (selector->withKeyPrefix("p.").keys().size() != selector->keys().size())
        std::abort();
    return 0;
}
