#include "model/layout/text_metrics.h"

namespace portolan {

double TextMetrics::width(std::string_view utf8) const
{
    double sum = 0;
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80)
            sum += advance[byte];
        else if ((byte & 0xc0) != 0x80) // the first byte of a longer sequence
            sum += otherAdvance;
    }
    return sum;
}

namespace {

/// Widths in thousandths of the font's size, by the look of the letters.
TextMetrics proportional(double pixels, double weight)
{
    TextMetrics metrics;
    for (std::size_t c = 32; c < metrics.advance.size(); ++c) {
        double width = 0.58;
        const std::string_view narrow = "fijlrtI.,:;'|!()[]-/ ";
        const std::string_view wide = "mwMWQO@%";
        if (narrow.find(char(c)) != std::string_view::npos)
            width = 0.36;
        else if (wide.find(char(c)) != std::string_view::npos)
            width = 0.86;
        else if (c >= 'A' && c <= 'Z')
            width = 0.68;
        metrics.advance[c] = width * pixels * weight;
    }
    metrics.otherAdvance = pixels;
    metrics.lineHeight = pixels * 18 / 13;
    return metrics;
}

TextMetrics monospaced(double pixels)
{
    TextMetrics metrics;
    for (std::size_t c = 32; c < metrics.advance.size(); ++c)
        metrics.advance[c] = 0.6 * pixels;
    metrics.otherAdvance = pixels;
    metrics.lineHeight = pixels * 1.35;
    return metrics;
}

} // namespace

MapFonts defaultMapFonts()
{
    return {.title = proportional(13, 1.04), .body = proportional(11, 1.0), .mono = monospaced(11.5)};
}

} // namespace portolan
