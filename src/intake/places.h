#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/error.h"

namespace comity::intake {

/// What a data set means by a name of a place.
struct Place {
  enum class Kind : std::uint8_t { kCountry, kRegion, kOrganization, kGroup, kMissing };
  Kind kind;
  /// A country's ISO 3166-1 code; a region's word in STIX's vocabulary, or "" where it has none.
  std::string code;
  /// How we write it: a country's first name, else the name itself without "(region)".
  std::string name;
};

/// The names of data/places.json.
class Places {
 public:
  /// The table that is compiled in.
  [[nodiscard]] static const Places& known();

  /// Null where the name is unknown. The name is stripped first.
  [[nodiscard]] const Place* find(std::string_view name) const;
  /// Whether a value says that nothing is known: "", "Not available", "Unknown" and the like.
  [[nodiscard]] bool is_missing(std::string_view value) const;
  /// The name of the country with that code, or the code itself.
  [[nodiscard]] std::string country_name(std::string_view code) const;

 private:
  static Result<Places> read(ByteView json);

  std::map<std::string, Place, std::less<>> by_name_;
  std::map<std::string, std::string, std::less<>> names_;
};

}  // namespace comity::intake
