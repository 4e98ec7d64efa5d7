#include "query/decimals.h"

#include <algorithm>

#include "measure/order_statistics.h"

namespace comity::query {
namespace {

constexpr std::size_t kWholeDigits = 5;
constexpr std::size_t kFractionDigits = 4;

bool is_digits(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

measure::Int128 total(const std::vector<std::int64_t>& values) {
  measure::Int128 sum = 0;
  for (const std::int64_t value : values) sum += value;
  return sum;
}

}  // namespace

std::optional<std::int64_t> decimal(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction =
      point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
  if (whole.empty() || whole.size() > kWholeDigits || fraction.size() > kFractionDigits ||
      !is_digits(whole) || !is_digits(fraction))
    return std::nullopt;
  std::int64_t value = 0;
  for (const char c : whole) value = value * 10 + (c - '0');
  for (std::size_t i = 0; i < kFractionDigits; ++i)
    value = value * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
  return negative ? -value : value;
}

Decimals::Decimals(const Column& column) {
  std::vector<std::optional<std::int64_t>> value_of;
  value_of.reserve(column.distinct());
  for (Column::Code code = 0; code < column.distinct(); ++code)
    value_of.push_back(decimal(column.text(code)));
  for (std::size_t row = 0; row < column.rows(); ++row)
    for (const auto code : column.of(row))
      if (value_of[code]) values_.push_back(*value_of[code]);
}

std::size_t Decimals::count_from(std::int64_t least) const {
  return static_cast<std::size_t>(
      std::ranges::count_if(values_, [&](std::int64_t it) { return it >= least * kUnit; }));
}

measure::Rational Decimals::sum() const { return measure::reduced(total(values_), kUnit); }

std::optional<measure::Rational> Decimals::mean() const {
  if (values_.empty()) return std::nullopt;
  return measure::reduced(total(values_),
                          measure::Int128{kUnit} * static_cast<std::int64_t>(values_.size()));
}

std::optional<measure::Rational> Decimals::median() const {
  const auto middle = measure::median(values_);
  if (!middle) return std::nullopt;
  return measure::reduced(middle->numerator, measure::Int128{middle->denominator} * kUnit);
}

}  // namespace comity::query
