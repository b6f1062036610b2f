#include "model/base/timestamp.h"

#include <array>
#include <cstdio>

namespace portolan {

namespace {

using namespace std::chrono;

/// Reads exactly `digits` decimal digits at `at`; -1 where there is anything else.
int number(std::string_view text, std::size_t at, std::size_t digits)
{
    if (at + digits > text.size())
        return -1;
    int value = 0;
    for (std::size_t i = at; i < at + digits; ++i) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

Error notATime(std::string_view text)
{
    return {ErrorCode::InvalidInput, "not an RFC 3339 time", withoutControlCharacters(text.substr(0, 40))};
}

} // namespace

Result<WallTime> parseRfc3339(std::string_view text)
{
    constexpr std::string_view shape = "0000-00-00T00:00:00";
    if (text.size() < shape.size() + 1 || text[4] != '-' || text[7] != '-' || text[10] != 'T' ||
        text[13] != ':' || text[16] != ':')
        return notATime(text);
    const std::array fields{number(text, 0, 4),  number(text, 5, 2),  number(text, 8, 2),
                            number(text, 11, 2), number(text, 14, 2), number(text, 17, 2)};
    for (const int field : fields) {
        if (field < 0)
            return notATime(text);
    }
    const year_month_day date{year{fields[0]}, month(unsigned(fields[1])), day(unsigned(fields[2]))};
    if (!date.ok() || fields[3] > 23 || fields[4] > 59 || fields[5] > 60)
        return notATime(text);
    WallTime time = sys_days{date} + hours{fields[3]} + minutes{fields[4]} + seconds{fields[5]};

    std::size_t at = shape.size();
    if (text[at] == '.') {
        int scale = 100;
        for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10)
            time += milliseconds{(text[at] - '0') * scale};
    }
    const std::string_view zone = text.substr(at);
    if (zone == "Z" || zone == "z")
        return time;
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':')
        return notATime(text);
    const int zoneHours = number(zone, 1, 2);
    const int zoneMinutes = number(zone, 4, 2);
    if (zoneHours < 0 || zoneMinutes < 0)
        return notATime(text);
    const minutes offset = hours{zoneHours} + minutes{zoneMinutes};
    return zone[0] == '+' ? time - offset : time + offset;
}

std::string formatRfc3339(WallTime time)
{
    if (time == WallTime{})
        return {};
    const auto date = floor<days>(time);
    const year_month_day ymd{date};
    const hh_mm_ss clock{time - date};
    std::array<char, 40> text{};
    int length = std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d", int(ymd.year()),
                               unsigned(ymd.month()), unsigned(ymd.day()), int(clock.hours().count()),
                               int(clock.minutes().count()), int(clock.seconds().count()));
    if (clock.subseconds().count() != 0)
        length += std::snprintf(text.data() + length, text.size() - std::size_t(length), ".%03d",
                                int(clock.subseconds().count()));
    return std::string(text.data(), std::size_t(length)) + "Z";
}

} // namespace portolan
