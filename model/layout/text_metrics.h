#pragma once

#include <array>
#include <string>
#include <string_view>

namespace portolan {

/// Advance widths of one font, taken by ui from the real font once, so that layout can size cards on any
/// thread and without Qt Gui. Names of Kubernetes objects are ASCII (RFC 1123), for which this is exact
/// but for kerning.
struct TextMetrics
{
    std::array<double, 128> advance{}; ///< scene units per ASCII character
    double otherAdvance = 14;          ///< any other code point
    double lineHeight = 18;

    double width(std::string_view utf8) const;
};

/// Fonts of the map, and the few translated words whose width decides a size.
struct MapFonts
{
    TextMetrics title; ///< bold, names on cards
    TextMetrics body;  ///< details
    TextMetrics mono;  ///< ports, addresses
    std::string noEndpoints = "no endpoints";
    std::string anyPod = "any pod";
};

/// Plausible widths of a 13 px sans-serif, for headless use and for tests.
MapFonts defaultMapFonts();

} // namespace portolan
