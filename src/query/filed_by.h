#pragma once

#include <optional>
#include <string_view>

#include "base/error.h"

#include "query/version.h"

namespace comity::query {

/// What one party has filed, object by object: for imports, which file only what is new. Its
/// questions are prepared once. One thread; the snapshot must outlive it.
class FiledBy {
 public:
  [[nodiscard]] static Result<FiledBy> open(const Snapshot& snapshot, std::string_view party);

  struct Filed {
    std::optional<Version> newest;  ///< by `modified`; nothing where every version was erased
    /// A version was erased, or the party has revoked one: it must not come back.
    bool withdrawn = false;
  };
  /// Nothing where the party has filed no public version of the object.
  [[nodiscard]] Result<std::optional<Filed>> of(std::string_view id) const;

 private:
  FiledBy() = default;

  std::uint64_t size_ = 0;
  std::int64_t party_ = 0;
  log::Prepared object_, versions_, erased_;
};

}  // namespace comity::query
