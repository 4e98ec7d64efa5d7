#pragma once

#include <string>

#include "base/error.h"

#include "context.h"
#include "registry_directory.h"

namespace comity::cli {

/// Two directories that should be copies of one registry.
struct Copies {
  const std::string& one;
  const std::string& other;
};

/// Says where the two logs part, or, where they are one, where the records in their index
/// directories do. The first one's record is brought up to its log; the other's is taken as it is.
[[nodiscard]] Result<Outcome> compare_copies(const Copies& copies, const Trust& trust,
                                             Context& context);

}  // namespace comity::cli
