#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

#include "query/incidents.h"
#include "query/json.h"

namespace comity::query {

/// Which incidents are counted, as a person or a program writes it; what is empty restricts
/// nothing.
struct IncidentTexts {
  std::string country;  ///< of a victim: "UA", "ua"
  std::string source;   ///< the name of an external reference
  std::string from;     ///< "2014", "2014-03", "2014-03-18"
  std::string to;

  /// Refuses `date-malformed`, saying which date it is, and `country-malformed`. `before` stands
  /// before the name of a filter where it is written: "--" on the command line.
  [[nodiscard]] Result<IncidentFilter> filter(std::string_view before = {}) const;
  /// The members that are set.
  [[nodiscard]] Json json() const;
};

/// In capitals, as codes of countries are.
[[nodiscard]] std::string in_capitals(std::string text);

}  // namespace comity::query
