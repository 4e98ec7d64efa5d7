#pragma once

#include <cstdint>
#include <string>

#include "base/error.h"
#include "base/files.h"
#include "crypto/merkle.h"
#include "views/api_answer.h"

#include "query/readers.h"
#include "query/summary_json.h"

/// What the JSON API tells of the registry itself: the JSON that `comity show` and `comity party
/// list` print. Each refuses what is not there; what it returns makes the answer. The reader, and
/// what else is handed over by reference, outlive that.
namespace comity::views {

/// Of one state of a registry.
struct RegistryAt {
  query::Reader& reader;
  const Files& files;
  crypto::TreeHead head;  ///< a checkpoint of these files
  const query::RegistryNames& names;
  std::uint64_t size = 0;
};

[[nodiscard]] MakeJson registry_summary(const RegistryAt& at);
/// Refuses `entry-out-of-range`.
[[nodiscard]] Result<MakeJson> registry_entry(const RegistryAt& at, const std::string& index);
[[nodiscard]] Result<MakeJson> registry_parties(const RegistryAt& at);
/// By id or by the kid of a key. Refuses `object-unknown`.
[[nodiscard]] Result<MakeJson> registry_party(const RegistryAt& at, const std::string& what);

}  // namespace comity::views
