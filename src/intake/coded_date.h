#pragma once

#include <optional>
#include <string_view>

#include "base/partial_date.h"

namespace comity::intake {

/// A date of a data set that writes every date to the day, whether or not the day is known.
struct CodedDate {
  /// As exact as it can be taken to be; nothing where the cell has no date that reads.
  std::optional<PartialDate> date;
  /// "missing", "malformed", "first_of_january" (taken as the year), "first_of_month" (taken as
  /// the month), or "".
  std::string_view doubt;
};

/// Reads "2022-09-14", with any time behind it. The 1st of January is what coders write who know
/// the year alone, another 1st what those write who know the month.
[[nodiscard]] CodedDate coded_date(std::string_view cell);

/// Whether day and month were exchanged in one or both: so read, the interval lasts 0 to 3 days;
/// as it stands it does not last 0 to 27. Only for dates exact to the day.
[[nodiscard]] bool swapped_days(const PartialDate& start, const PartialDate& end);

}  // namespace comity::intake
