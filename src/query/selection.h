#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

#include "query/version.h"

namespace comity::query {

/// Which objects are meant. What is not given doesn't narrow.
struct Selection {
  /// One of `selection_kinds()`.
  std::string kind = "objects";
  std::string party;    ///< STIX id of who filed it
  std::string source;   ///< the name of an external reference, as it is written there
  std::string country;  ///< of a victim, as the incident has it: of claims and responses, of theirs
  /// Days since 1970-01-01: the object's own date overlaps them, as coarse as it is.
  std::optional<std::int64_t> from;
  std::optional<std::int64_t> to;
  bool all_versions = false;  ///< else the one that is shown of each object
};

/// "incidents", "claims" ... "objects" is everything but the registry's own government (charter,
/// admissions, keys), "all" is that too.
[[nodiscard]] const std::vector<std::string>& selection_kinds();

/// The selection as a text that is the same for the same selection alone.
[[nodiscard]] std::string canonical(const Selection& selection);

/// The versions that are meant, in the order of the log, as of a size; what is on hold is never
/// among them. Memory does not grow with their number, and time is linear in the versions of the
/// record. One thread; the snapshot must outlive it.
class Selected {
 public:
  /// REQUIRES: the kind is one of `selection_kinds()`.
  [[nodiscard]] static Result<Selected> open(const Snapshot& snapshot, const Selection& selection,
                                             std::uint64_t size);
  Selected(Selected&&) noexcept;
  Selected& operator=(Selected&&) noexcept;
  ~Selected();

  /// The next one; nothing at the end.
  [[nodiscard]] Result<std::optional<Version>> next();

 private:
  struct Walk;
  explicit Selected(std::unique_ptr<Walk> walk);

  std::unique_ptr<Walk> walk_;
};

/// Calls with each of them. An error of its own ends it.
Result<void> for_each(const Snapshot& snapshot, const Selection& selection, std::uint64_t size,
                      const std::function<Result<void>(const Version&)>& visit);

}  // namespace comity::query
