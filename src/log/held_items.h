#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "filing/control.h"
#include "log/sqlite.h"

namespace comity::log {

/// An item on legal hold, and where its bytes lie in the public segments, if they do: in the record
/// of its own filing, or of the entry that disclosed it.
struct HeldItem {
  filing::ItemPlace item;
  std::uint64_t entry = 0;  ///< whose record holds the public bytes, if there are any

  bool operator==(const HeldItem&) const = default;
};

/// What is on hold now, read from the file of the admission state beside its writer. As the state
/// follows the log before anybody is answered, whoever was told of a hold finds it here. One
/// thread.
class HeldItems {
 public:
  /// REQUIRES: the state was opened there (SqliteState) and lives on.
  [[nodiscard]] static Result<HeldItems> open(const std::string& state_path);

  /// All of them, by entry and ordinal.
  [[nodiscard]] Result<std::vector<HeldItem>> read() const;

 private:
  explicit HeldItems(Database database) : database_(std::move(database)) {}

  Database database_;
  Prepared held_;
};

}  // namespace comity::log
