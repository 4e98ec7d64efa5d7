#include "measure/reporting_delay.h"

#include <algorithm>
#include <vector>

#include "base/error.h"

namespace comity::measure {
namespace {

std::int32_t months_between(Month from, Month to) { return number(to) - number(from); }

/// The value that at least `percent` of all do not exceed, the least such.
std::int32_t order_statistic(std::vector<std::int32_t>& values, std::uint32_t percent) {
  const std::size_t rank = (values.size() * percent + 99) / 100;  // from 1
  const auto place = values.begin() + static_cast<std::ptrdiff_t>(rank - 1);
  std::nth_element(values.begin(), place, values.end());
  return *place;
}

}  // namespace

std::optional<ReportingDelay> reporting_delay(std::span<const Disclosure> events,
                                              const DelayQuestion& question) {
  COMITY_ASSERT(question.percent >= 1 && question.percent <= 100 && question.settled_after >= 0);
  ReportingDelay delay;
  std::vector<std::int32_t> least;
  std::vector<std::int32_t> most;
  for (const Disclosure& event : events) {
    if (months_between(event.occurred.last_month(), question.as_of) < question.settled_after) {
      ++delay.too_recent;
      continue;
    }
    least.push_back(months_between(event.occurred.last_month(), event.disclosed.first_month()));
    most.push_back(months_between(event.occurred.first_month(), event.disclosed.last_month()));
    if (most.back() < 0) ++delay.negative;
  }
  if (least.empty()) return std::nullopt;
  delay.settled = least.size();
  delay.least = order_statistic(least, question.percent);
  delay.most = order_statistic(most, question.percent);
  return delay;
}

Month grey_from(const ReportingDelay& delay, Month as_of) {
  return Month{number(as_of) - std::max(delay.most, 0) + 1};
}

}  // namespace comity::measure
