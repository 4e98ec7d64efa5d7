#include "views/taxii_filters.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <ranges>
#include <vector>

#include <fmt/format.h>

#include "base/time.h"

namespace comity::views {
namespace {

constexpr std::size_t kFractionDigits = 6;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::unexpected<Error> malformed(std::string_view name, std::string_view how) {
  return refuse("taxii-filter-malformed", fmt::format("The parameter {} {}.", name, how));
}

/// The values between commas. Section 3.4: any of them fits.
Result<std::vector<std::string>> values_of(const std::string& name, std::string_view list) {
  std::vector<std::string> values;
  for (const auto part : std::views::split(list, ',')) {
    values.emplace_back(std::ranges::begin(part), std::ranges::end(part));
    if (values.back().empty()) return malformed(name, "has an empty value; leave it out");
  }
  if (values.empty()) return malformed(name, "has no value; leave it out or give one");
  return values;
}

/// A time of section 2, "any number of digits" of a second. Ours have six, so that what follows
/// these changes no comparison.
Result<UnixMicros> time_of(std::string_view name, std::string_view text) {
  std::string cut(text);
  const std::size_t point = text.find('.');
  if (point != std::string_view::npos && text.ends_with('Z')) {
    const std::string_view digits = text.substr(point + 1, text.size() - point - 2);
    if (digits.size() > kFractionDigits && std::ranges::all_of(digits, is_digit))
      cut = fmt::format("{}{}Z", text.substr(0, point + 1), digits.substr(0, kFractionDigits));
  }
  const auto time = parse_timestamp(cut);
  if (!time) return malformed(name, "needs a time in UTC, such as 2026-03-31T12:00:00.000000Z");
  return *time;
}

Result<query::VersionChoice> versions_of(const std::string& name, std::string_view list) {
  COMITY_TRY(const auto values, values_of(name, list));
  query::VersionChoice choice{.last = false};
  for (const std::string& value : values) {
    if (value == "last") {
      choice.last = true;
    } else if (value == "first") {
      choice.first = true;
    } else if (value == "all") {
      choice.all = true;
    } else {
      COMITY_TRY(const auto time, time_of(name, value));
      choice.at.push_back(time);
    }
  }
  return choice;
}

Result<std::size_t> limit_of(std::string_view text) {
  if (text.empty() || !std::ranges::all_of(text, is_digit) ||
      std::ranges::all_of(text, [](char c) { return c == '0'; }))
    return malformed("limit", "needs a whole number greater than zero");
  std::size_t limit = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
  return error == std::errc() ? std::min(limit, kTaxiiPage) : kTaxiiPage;
}

std::optional<std::uint64_t> number_of(std::string_view text) {
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || rest != end || std::to_string(number) != text) return std::nullopt;
  return number;
}

Result<query::FeedPlace> place_of(std::string_view text) {
  std::vector<std::optional<std::uint64_t>> numbers;
  for (const auto part : std::views::split(text, '-'))
    numbers.push_back(number_of({std::ranges::begin(part), std::ranges::end(part)}));
  const bool has_part = numbers.size() == 3;
  const bool are_numbers = std::ranges::all_of(numbers, [](const auto& it) { return !!it; });
  if ((numbers.size() != 2 && !has_part) || !are_numbers || (has_part && *numbers[2] == 0))
    return malformed("next", "must be as the answer before has it, or be left out");
  return query::FeedPlace{.item = {.entry = *numbers[0], .ordinal = *numbers[1]},
                          .part = has_part ? *numbers[2] : 0};
}

Result<void> match(TaxiiFilters& filters, const std::string& name, std::string_view field,
                   std::string_view value) {
  if (field == "version") {
    COMITY_TRY(filters.published.versions, versions_of(name, value));
    return {};
  }
  COMITY_TRY(auto values, values_of(name, value));
  if (field == "type") {
    filters.published.types = std::move(values);
  } else if (field == "id") {
    filters.published.ids = std::move(values);
  } else if (std::ranges::find(values, "2.1") == values.end()) {
    filters.other_spec_version = true;
  }
  return {};
}

/// "id" of "match[id]".
std::optional<std::string_view> field_of(std::string_view name) {
  if (!name.starts_with("match[") || !name.ends_with(']')) return std::nullopt;
  return name.substr(6, name.size() - 7);
}

Result<void> take(TaxiiFilters& filters, const std::string& name, std::string_view value,
                  std::span<const std::string_view> fields) {
  if (name == "limit") {
    COMITY_TRY(filters.limit, limit_of(value));
  } else if (name == "next") {
    COMITY_TRY(filters.published.behind, place_of(value));
  } else if (name == "added_after") {
    COMITY_TRY(filters.published.added_after, time_of(name, value));
  } else if (const auto field = field_of(name)) {
    if (std::ranges::find(fields, *field) == fields.end())
      return malformed(name, "is none that this endpoint has");
    return match(filters, name, *field, value);
  }
  return {};
}

}  // namespace

Result<TaxiiFilters> parse_taxii_filters(const Target& target,
                                         std::span<const std::string_view> fields) {
  TaxiiFilters filters;
  std::vector<std::string_view> seen;
  for (const auto& [name, value] : target.query) {
    if (std::ranges::find(seen, name) != seen.end() &&
        (field_of(name) || name == "limit" || name == "next" || name == "added_after"))
      return malformed(name,
                       "stands there more than once; write its values behind one another, "
                       "with commas");
    seen.push_back(name);
    COMITY_CHECK(take(filters, name, value, fields));
  }
  return filters;
}

std::string print_next(const query::FeedPlace& place) {
  const std::string item = fmt::format("{}-{}", place.item.entry, place.item.ordinal);
  return place.part == 0 ? item : fmt::format("{}-{}", item, place.part);
}

}  // namespace comity::views
