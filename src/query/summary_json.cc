#include "query/summary_json.h"

#include <utility>

#include "base/bytes.h"
#include "base/time.h"

namespace comity::query {

Json summary_json(const RegistryNames& names, std::uint64_t size, const Summary& summary) {
  Json kinds = Json::object();
  for (const auto& [kind, n] : summary.kinds) kinds[kind] = n;
  return {{"origin", names.origin},
          {"registrar", names.registrar},
          {"vkey", names.vkey},
          {"size", size},
          {"root", summary.root ? Json(to_base64(summary.root->view())) : Json(nullptr)},
          {"time", to_rfc3339(summary.time)},
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
