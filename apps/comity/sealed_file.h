#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"

namespace comity::cli {

/// What must be kept of a sealed item to disclose it one day: without it the digest in the log
/// proves nothing to anybody.
struct SealedItem {
  std::uint64_t ordinal = 0;
  Bytes salt;
  Bytes content;
};

/// The sealed items of one filing: JSON, mode 0600.
struct SealedFile {
  std::optional<std::uint64_t> entry;  ///< nothing before it is filed
  std::vector<SealedItem> items;
};

[[nodiscard]] std::string print(const SealedFile& file);
/// Refuses `sealed-file-malformed`; `path` names it in the sentence.
[[nodiscard]] Result<SealedFile> parse_sealed_file(ByteView bytes, const std::string& path);
/// Refuses `sealed-file-malformed`, and as read_file.
[[nodiscard]] Result<SealedFile> read_sealed_file(const std::string& path);

}  // namespace comity::cli
