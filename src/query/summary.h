#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/time.h"
#include "crypto/merkle.h"

#include "query/version.h"

namespace comity::query {

/// How much there is of something.
struct Counted {
  std::string what;
  std::uint64_t count = 0;
};

/// The record in numbers, as of a size.
struct Summary {
  UnixSeconds time{};                         ///< the log's then
  std::optional<crypto::RootHash> root = {};  ///< of the newest state alone; the log has others
  std::uint64_t filings = 0;
  std::uint64_t controls = 0;
  std::uint64_t void_entries = 0;
  std::uint64_t parties = 0;         ///< admitted, suspended ones included
  std::uint64_t filing_parties = 0;  ///< that have filed
  std::uint64_t versions = 0;        ///< of public objects, with content
  std::uint64_t erased = 0;
  std::uint64_t hidden = 0;    ///< items filed hidden and not disclosed
  std::vector<Counted> kinds;  ///< of what is shown: objects by their kind, most first
};

/// Linear in entries and versions, by their indexes alone.
[[nodiscard]] Result<Summary> summarize(const Snapshot& snapshot, std::uint64_t size);

}  // namespace comity::query
