#pragma once

#include "query/search_pool.h"

namespace comity::query {

/// Tells what stands in a list of what was found, as of a moment. One thread; the snapshot must
/// outlive it.
class HitReader {
 public:
  [[nodiscard]] static Result<HitReader> of(const Moment& moment, SearchKind kind);

  [[nodiscard]] Result<Hit> read(const Found& found);

 private:
  HitReader(const Moment& moment, SearchKind kind) : moment_(moment), kind_(kind) {}

  Result<void> read_place(const Found& found, Hit& hit);
  Result<void> read_incident(const Found& found, Hit& hit);
  Result<void> read_actor(const Found& found, Hit& hit);
  Result<FoundClaim> read_claim(std::int64_t version);
  Result<void> read_subject(std::int64_t version, Hit& hit);
  Result<std::vector<std::string>> codes(std::int64_t version, std::string_view field);

  Moment moment_;
  SearchKind kind_;
  log::Prepared place_, incident_, names_, claim_, claims_, codes_, subject_;
};

}  // namespace comity::query
