#include "views/taxii_filters.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <ranges>
#include <vector>

#include <fmt/format.h>

#include "base/time.h"

namespace comity::views {
namespace {

constexpr std::size_t kFractionDigits = 6;
/// The fields that section 3.4.1 defines; an endpoint has some of them.
constexpr std::array<std::string_view, 4> kDefined{"id", "spec_version", "type", "version"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_zero(char c) { return c == '0'; }

std::unexpected<Error> malformed_filter(std::string_view name, std::string_view how) {
  return refuse("taxii-filter-malformed", fmt::format("The parameter {} {}.", name, how));
}

/// The values between commas. Section 3.4: any of them fits.
Result<std::vector<std::string>> values_of(const std::string& name, std::string_view list) {
  std::vector<std::string> values;
  for (const auto part : std::views::split(list, ',')) {
    values.emplace_back(std::ranges::begin(part), std::ranges::end(part));
    if (values.back().empty()) return malformed_filter(name, "has an empty value; leave it out");
  }
  if (values.empty()) return malformed_filter(name, "has no value; leave it out or give one");
  return values;
}

/// A time as it is asked for, which may be finer than ours.
struct AskedTime {
  UnixMicros micros{};  ///< what is finer is cut off
  bool is_finer = false;
};

/// Section 2 demands six digits of a second. As STIX does, we read any number of them.
Result<AskedTime> time_of(std::string_view name, std::string_view text) {
  std::string cut(text);
  bool is_finer = false;
  const std::size_t point = text.find('.');
  if (point != std::string_view::npos && text.ends_with('Z')) {
    const std::string_view digits = text.substr(point + 1, text.size() - point - 2);
    if (digits.size() > kFractionDigits && std::ranges::all_of(digits, is_digit)) {
      cut = fmt::format("{}{}Z", text.substr(0, point + 1), digits.substr(0, kFractionDigits));
      is_finer = !std::ranges::all_of(digits.substr(kFractionDigits), is_zero);
    }
  }
  const auto time = parse_timestamp(cut);
  if (!time)
    return malformed_filter(name, "needs a time in UTC, such as 2026-03-31T12:00:00.000000Z");
  return AskedTime{.micros = *time, .is_finer = is_finer};
}

/// Section 3.4.1: no value twice, a version that is written in two ways among them, and nothing
/// beside `all`.
Result<query::VersionChoice> versions_of(const std::string& name, std::string_view list) {
  COMITY_TRY(const auto values, values_of(name, list));
  query::VersionChoice choice{.last = false};
  for (const std::string& value : values) {
    if (std::ranges::count(values, value) > 1) return malformed_filter(name, "has a value twice");
    if (value == "last") {
      choice.last = true;
    } else if (value == "first") {
      choice.first = true;
    } else if (value == "all") {
      if (values.size() > 1)
        return malformed_filter(name, "has `all`, beside which nothing stands");
      choice.all = true;
    } else {
      COMITY_TRY(const auto time, time_of(name, value));
      if (time.is_finer) continue;  // no version has such a time
      if (std::ranges::find(choice.at, time.micros) != choice.at.end())
        return malformed_filter(name, "has a version twice");
      choice.at.push_back(time.micros);
    }
  }
  return choice;
}

Result<std::size_t> limit_of(std::string_view text) {
  if (text.empty() || !std::ranges::all_of(text, is_digit) || std::ranges::all_of(text, is_zero))
    return malformed_filter("limit", "needs a whole number greater than zero");
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
    return malformed_filter("next", "must be as the answer before has it, or be left out");
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
    // Ours are not finer, so those after it are those after what is left of it.
    COMITY_TRY(const auto time, time_of(name, value));
    filters.published.added_after = time.micros;
  } else if (const auto field = field_of(name)) {
    if (std::ranges::find(fields, *field) != fields.end())
      return match(filters, name, *field, value);
    // Section 3.4: a request may have fields that the standard doesn't define.
    if (field->empty() || std::ranges::find(kDefined, *field) != kDefined.end())
      return malformed_filter(name, "is none that this endpoint has");
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
      return malformed_filter(name,
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
