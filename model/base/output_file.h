#pragma once

#include "model/base/result.h"

#include <filesystem>
#include <functional>
#include <string_view>

namespace portolan {

/// Who may read a file that is written.
enum class FileReaders {
    AsUsual,    ///< as before where it was there, else as the umask has it
    OwnerAlone, ///< 0600, whatever it was before
};

/// Takes the next bytes of a file. An error is for its writer to pass on.
using ByteSink = std::function<Result<void>(std::string_view bytes)>;

/// Writes what `fill` gives to its sink. A regular file is replaced as a whole at the end, or stays what it
/// was; a symbolic link stays and the file that it leads to is replaced. A device or pipe is written to as
/// it is. Errors are ErrorCode::Io with `file` as where, or what `fill` gives back.
Result<void> writeFile(const std::filesystem::path &file, FileReaders readers,
                       const std::function<Result<void>(const ByteSink &sink)> &fill);
/// The same of a text.
Result<void> writeFile(const std::filesystem::path &file, std::string_view text);

} // namespace portolan
