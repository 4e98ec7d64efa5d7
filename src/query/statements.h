#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"

#include "query/version.h"

/// What parties state about an object, each statement as its maker's and its filer's.
namespace comity::query {

/// Days since 1970-01-01 from the first to the last that a date allows; precision 0 year, 1 month,
/// 2 day.
struct StatedDate {
  std::int64_t first = 0;
  std::int64_t last = 0;
  int precision = 0;
};

/// Who is said to have made a statement; empty where nobody is named.
struct Maker {
  std::string id;
  std::string name;
  std::string kind;   ///< "state", "company" ...
  std::string group;  ///< of the six, as the claimant's object or its admission says
};

/// An attribution or a reply.
struct Claim {
  Version version;
  Maker maker;
  std::string scope;  ///< "reported", or empty
  std::string type;   ///< of the statement or the reply
  std::optional<StatedDate> date;
  std::string wording;
  std::string language;
  std::string form;  ///< "verbatim", "paraphrase"
  bool doubtful = false;
};

struct Response {
  Version version;
  Maker maker;
  std::string scope;
  std::string type;
  std::string status;
  std::optional<StatedDate> date;
  std::string legal_basis;
  std::string detail;
  bool doubtful = false;
};

/// A party's own finding about a norm, never ours.
struct Finding {
  Version version;
  std::string verdict;
  std::string reasons;
};

struct Opinion {
  Version version;
  std::string opinion;
  bool abstain = false;
};

// Of the versions that are shown as of a size; on hold ones come with their bare version. At most
// `limit`, sorted by date where they have one, those without at the end, else in the order of the
// log.

/// Attributions and replies about the object: an incident, an actor, a claimant.
[[nodiscard]] Result<std::vector<Claim>> claims_about(const Snapshot& snapshot, ObjectKey object,
                                                      std::uint64_t size, std::size_t limit);
/// The same of those that it is said to have made.
[[nodiscard]] Result<std::vector<Claim>> claims_by(const Snapshot& snapshot, ObjectKey object,
                                                   std::uint64_t size, std::size_t limit);
/// Responses that a relationship ties to the incident.
[[nodiscard]] Result<std::vector<Response>> responses_to(const Snapshot& snapshot, ObjectKey object,
                                                         std::uint64_t size, std::size_t limit);
[[nodiscard]] Result<std::vector<Finding>> findings_about(const Snapshot& snapshot,
                                                          ObjectKey object, std::uint64_t size,
                                                          std::size_t limit);
[[nodiscard]] Result<std::vector<Opinion>> opinions_about(const Snapshot& snapshot,
                                                          ObjectKey object, std::uint64_t size,
                                                          std::size_t limit);

}  // namespace comity::query
