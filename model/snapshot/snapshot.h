#pragma once

#include "model/base/cancel_token.h"
#include "model/base/result.h"
#include "model/cluster/cluster_state.h"

#include <filesystem>
#include <string>
#include <string_view>

/// A ClusterState with its probes as one file: gzip'd JSON lines with a header (format, version, counts,
/// context, time) and a SHA-256 trailer, so that a cut or edited file is refused with the reason.
/// Secrets never get in: only decoded fields are written, annotations of credentials are not among them.
namespace portolan {

/// 0600, and as a whole or not at all where it is a regular file (see writeFile()).
Result<void> saveSnapshot(const ClusterState &state, const std::filesystem::path &file,
                          const CancelToken &cancel = {});

/// Reads and verifies. `source` becomes ClusterInfo::source. At most 2 GiB unpacked.
Result<ClusterStatePtr> loadSnapshot(const std::filesystem::path &file,
                                     SourceKind source = SourceKind::Snapshot);
/// The same from memory; `name` is for messages.
Result<ClusterStatePtr> readSnapshot(std::string_view bytes, std::string_view name, SourceKind source);

} // namespace portolan
