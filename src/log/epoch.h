#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/files.h"

/// What keeps a copied directory from signing a second history: `docs/formats/log.md`, Epoch.
namespace comity::log {

struct PlaceTag;
/// SHA-256 of what `Files::place` says.
using PlaceDigest = Digest<PlaceTag>;

struct Epoch {
  std::uint64_t number = 0;  // from 1
  PlaceDigest place;

  bool operator==(const Epoch&) const = default;
};

[[nodiscard]] std::string print(const Epoch& epoch);
/// The inverse of print, strict. Refuses `epoch-malformed`.
[[nodiscard]] Result<Epoch> parse_epoch(std::string_view text);

/// The directory's epoch. Refuses `epoch-missing` where there is no file, and as parse_epoch.
[[nodiscard]] Result<Epoch> read_epoch(const Files& files);

/// The same, if the directory still is where its epoch was written; else refuses `store-moved`.
[[nodiscard]] Result<Epoch> check_epoch(const Files& files);

/// Writes the next epoch (1 where none can be read) for the place where the directory is now,
/// durably. The caller holds the lock, and answers for it that no other copy is written to.
Result<Epoch> adopt(Files& files);

}  // namespace comity::log
