#pragma once

#include <string>
#include <vector>

#include "base/time.h"

namespace comity::intake {

/// Who imports, and when: the creator of every object made here and its first version. What is
/// imported are statements of this party about what its sources say, not of those named in them.
struct Importer {
  /// The party's STIX id, "identity--" and a UUID.
  std::string identity;
  /// `created` and `modified` of every object; digits below a millisecond are dropped.
  UnixMicros created;
};

/// Objects that belong together: an incident with the claims and responses on it, or a rulebook
/// with its norms.
struct Case {
  /// Stable and short: "notpetya", "UN-GGE-2015".
  std::string name;
  /// For a person.
  std::string title;
  /// STIX 2.1 objects, each the exact bytes to be filed. An object refers only to objects before
  /// it, to objects filed earlier, and to the importer's identity.
  std::vector<std::string> objects;
};

}  // namespace comity::intake
