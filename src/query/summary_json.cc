#include "query/summary_json.h"

#include <utility>

#include "base/bytes.h"
#include "base/time.h"

namespace comity::query {

Json summary_json(const RegistryNames& names, const Snapshot& snapshot, std::uint64_t size,
                  const Summary& summary) {
  const record::Stamp& stamp = snapshot.stamp();
  Json kinds = Json::object();
  for (const auto& [kind, n] : summary.kinds) kinds[kind] = n;
  return {{"origin", names.origin},
          {"registrar", names.registrar},
          {"vkey", names.vkey},
          {"size", size},
          {"root", to_base64(stamp.root.view())},
          {"time", to_rfc3339(stamp.time)},
          {"filings", summary.filings},
          {"controls", summary.controls},
          {"void", summary.void_entries},
          {"parties", summary.parties},
          {"filing_parties", summary.filing_parties},
          {"public_versions", summary.versions},
          {"hidden_items", summary.hidden},
          {"erased", summary.erased},
          {"kinds", std::move(kinds)}};
}

}  // namespace comity::query
