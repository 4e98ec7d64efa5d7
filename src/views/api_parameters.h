#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "views/target.h"

#include "query/as_of.h"

namespace comity::views {

/// A parameter that a resource of the JSON API has.
struct ApiParameter {
  std::string_view name;
  bool repeated = false;  ///< may stand there several times
};

/// The parameters of a request to the JSON API. The target outlives it.
class ApiParameters {
 public:
  /// Refuses `parameter-unknown` for a name that is not among those, so that a misspelt filter is
  /// noticed, and `parameter-malformed` for one that stands there twice and may not.
  [[nodiscard]] static Result<ApiParameters> parse(const Target& target,
                                                   std::span<const ApiParameter> known);

  /// The value, or "".
  [[nodiscard]] std::string text(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> texts(std::string_view name) const;

  // Refuse `parameter-malformed`, naming the parameter.

  /// "true" or "false"; without a value ("?facets") true, absent false.
  [[nodiscard]] Result<bool> flag(std::string_view name) const;
  /// A whole number, or nothing.
  [[nodiscard]] Result<std::optional<std::uint32_t>> number(std::string_view name) const;
  /// `min_size`: how many entries at least the record must have folded; or nothing.
  [[nodiscard]] Result<std::optional<std::uint64_t>> min_size() const;
  /// The place of the value in the list; 0 where it is absent.
  [[nodiscard]] Result<std::size_t> choice(std::string_view name,
                                           std::span<const std::string_view> values) const;

  /// `asof`. Refuses `as-of-malformed`.
  [[nodiscard]] Result<query::AsOf> as_of() const;

 private:
  explicit ApiParameters(const Target& target) : target_(&target) {}

  const Target* target_;
};

}  // namespace comity::views
