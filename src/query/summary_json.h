#pragma once

#include <cstdint>
#include <string>

#include "query/json.h"
#include "query/summary.h"

namespace comity::query {

/// What a registry is known by.
struct RegistryNames {
  std::string origin;
  std::string registrar;  ///< identity id
  std::string vkey;       ///< the log's, printed
};

/// The registry for programs: who it is, and the record in numbers as of that size.
[[nodiscard]] Json summary_json(const RegistryNames& names, std::uint64_t size,
                                const Summary& summary);

}  // namespace comity::query
