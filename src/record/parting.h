#pragma once

#include <cstdint>
#include <optional>

#include "base/error.h"
#include "filing/control.h"
#include "log/sqlite.h"

namespace comity::record {

/// Where two records of one log part: the first entry of which they say different things, and the
/// digest of each with that entry. Up to it they agree, so that entry alone decides who is right:
/// whoever has it and its segments recomputes its changes.
struct Parting {
  std::uint64_t entry = 0;
  filing::RecordDigest one;
  filing::RecordDigest other;
};

/// Finds it by halving over the digest chains, as far as both records go. What one of them lacks
/// because it knows of an erasure that the other has not come to yet is no parting; behind such an
/// entry the chains say nothing more, and entries are compared one by one.
[[nodiscard]] Result<std::optional<Parting>> first_parting(const log::Database& one,
                                                           const log::Database& other);

}  // namespace comity::record
