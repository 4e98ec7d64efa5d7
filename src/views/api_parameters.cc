#include "views/api_parameters.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace comity::views {
namespace {

std::unexpected<Error> malformed_parameter(std::string_view name, std::string_view how) {
  return refuse("parameter-malformed", fmt::format("The parameter {} {}.", name, how));
}

std::unexpected<Error> unknown(std::span<const ApiParameter> known) {
  std::vector<std::string_view> names;
  for (const ApiParameter& it : known) names.push_back(it.name);
  return refuse("parameter-unknown",
                names.empty() ? std::string("This resource has no parameters; leave them out.")
                              : fmt::format("This resource has the parameters {} and no other.",
                                            fmt::join(names, ", ")));
}

template <class Number>
Result<std::optional<Number>> whole_number(const Target& target, std::string_view name) {
  const auto value = target.find(name);
  if (!value) return std::nullopt;
  Number number = 0;
  const char* const end = value->data() + value->size();
  const auto [rest, error] = std::from_chars(value->data(), end, number);
  if (error != std::errc() || rest != end) return malformed_parameter(name, "needs a whole number");
  return number;
}

}  // namespace

Result<ApiParameters> ApiParameters::parse(const Target& target,
                                           std::span<const ApiParameter> known) {
  for (const auto& [name, value] : target.query) {
    const auto found = std::ranges::find(known, name, &ApiParameter::name);
    if (found == known.end()) return unknown(known);
    const auto same = [&name](const auto& it) { return it.first == name; };
    if (!found->repeated && std::ranges::count_if(target.query, same) > 1)
      return malformed_parameter(name, "may stand there once");
  }
  return ApiParameters(target);
}

std::string ApiParameters::text(std::string_view name) const {
  return std::string(target_->find(name).value_or(""));
}

std::vector<std::string> ApiParameters::texts(std::string_view name) const {
  std::vector<std::string> all;
  for (const auto& [key, value] : target_->query)
    if (key == name) all.push_back(value);
  return all;
}

Result<bool> ApiParameters::flag(std::string_view name) const {
  const auto value = target_->find(name);
  if (!value || *value == "false") return false;
  if (value->empty() || *value == "true") return true;
  return malformed_parameter(name, "is true or false");
}

Result<std::optional<std::uint32_t>> ApiParameters::number(std::string_view name) const {
  return whole_number<std::uint32_t>(*target_, name);
}

Result<std::optional<std::uint64_t>> ApiParameters::min_size() const {
  return whole_number<std::uint64_t>(*target_, "min_size");
}

Result<std::size_t> ApiParameters::choice(std::string_view name,
                                          std::span<const std::string_view> values) const {
  const auto value = target_->find(name);
  if (!value) return std::size_t{0};
  const auto found = std::ranges::find(values, *value);
  if (found == values.end())
    return malformed_parameter(name, fmt::format("is one of {}", fmt::join(values, ", ")));
  return static_cast<std::size_t>(found - values.begin());
}

Result<query::AsOf> ApiParameters::as_of() const {
  const auto value = target_->find("asof");
  if (!value) return query::AsOf{};
  return query::parse_as_of(*value);
}

}  // namespace comity::views
