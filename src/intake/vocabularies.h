#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/error.h"

namespace comity::intake {

/// Comity's own words for sectors, actor_types, effects, techniques, flags, incident_types and
/// attribution_types, by data/taxonomies.json.
class Vocabularies {
 public:
  using Words = std::set<std::string, std::less<>>;

  /// The lists that are compiled in.
  [[nodiscard]] static const Vocabularies& known();

  /// REQUIRES: one of the names above.
  [[nodiscard]] const Words& words(std::string_view vocabulary) const;

 private:
  static Result<Vocabularies> read(ByteView taxonomies);

  std::map<std::string, Words, std::less<>> all_;
};

}  // namespace comity::intake
