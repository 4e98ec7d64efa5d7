#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "base/error.h"

#include "query/version.h"

namespace comity::query {

/// What became of an item since it was filed.
struct ItemFate {
  std::optional<std::uint64_t> disclosed_by;
  std::optional<Withheld> erased;
  std::optional<Withheld> held;
};

/// An entry of the log as the record has it.
struct Entry {
  UnixSeconds time{};
  std::string void_for;                     ///< the code of the refusal; empty where it holds
  std::map<std::uint64_t, ItemFate> fates;  ///< by ordinal, of items to which something happened
};

/// Nothing where the record has no such entry. As of now.
[[nodiscard]] Result<std::optional<Entry>> entry_of(const Snapshot& snapshot, std::uint64_t index);

}  // namespace comity::query
