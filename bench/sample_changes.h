#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <utility>

#include "log/founding.h"
#include "rules/state.h"

/// What many filings change in the admission state, without the filings.
namespace comity::bench {

/// Filings of one object each by the registrar, no two alike.
class SampleChanges {
 public:
  SampleChanges(std::string registrar, UnixMicros version)
      : registrar_(std::move(registrar)), version_(version) {}

  /// Of the entries [first, end).
  rules::Changes of_filings(std::uint64_t first, std::uint64_t end) {
    rules::Changes changes;
    for (std::uint64_t entry = first; entry < end; ++entry) {
      changes.statements.push_back(
          {.key = filing::StatementKey{random_bytes()}, .index = entry, .leaf = {}});
      changes.versions.push_back({.party = registrar_,
                                  .id = "attack-pattern--" + log::random_uuid(),
                                  .version = version_,
                                  .place = {.entry = entry, .ordinal = 0},
                                  .revoked = false});
    }
    return changes;
  }

 private:
  std::array<std::byte, 32> random_bytes() {
    std::array<std::byte, 32> bytes;
    for (auto& byte : bytes) byte = static_cast<std::byte>(random_());
    return bytes;
  }

  std::string registrar_;
  UnixMicros version_;
  std::mt19937_64 random_{1};
};

}  // namespace comity::bench
