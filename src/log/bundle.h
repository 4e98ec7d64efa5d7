#pragma once

#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "base/files.h"
#include "log/layout.h"

/// Entry bundles (C2SP tlog-tiles): (u16 length || entry)*, up to 256 of them.
namespace comity::log {

/// What the length of two bytes can say.
inline constexpr std::size_t kEntryBytes = 65'535;
inline constexpr std::uint64_t kBundleBytes = std::uint64_t{kTileWidth} * (2 + kEntryBytes);

/// Some consecutive entries, with the bytes that the views point into. Moves; they stay valid.
struct EntryRun {
  std::uint64_t first = 0;
  Bytes bytes;
  std::vector<ByteView> entries;

  EntryRun() = default;
  EntryRun(EntryRun&&) = default;
  EntryRun& operator=(EntryRun&&) = default;
};

/// REQUIRES: entry.size() <= kEntryBytes
void append_entry(Bytes& bundle, ByteView entry);

/// The entries, exactly `width` of them and nothing after; views into `bytes`. Refuses
/// `bundle-malformed`.
[[nodiscard]] Result<std::vector<ByteView>> parse_bundle(ByteView bytes, unsigned width);

/// The entries of a bundle; a partial one that is missing is read from the full one, which may have
/// replaced it. Refuses `bundle-missing`, and `bundle-damaged` where the file is not one of its
/// width.
[[nodiscard]] Result<EntryRun> read_bundle(const Files& files, const BundleId& bundle);

}  // namespace comity::log
