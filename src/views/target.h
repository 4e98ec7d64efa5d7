#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"

namespace comity::views {

inline constexpr std::size_t kTargetBytes = 8192;

/// What a request is about, taken apart: RFC 9112 section 3.2.1, origin form only.
struct Target {
  /// The segments of the path, taken apart at its slashes and percent-decoded thereafter:
  /// "/a/b%20c/" is {"a", "b c"}, "/a%2Fb" is {"a/b"}; "/" has none.
  std::vector<std::string> path;
  /// The query's parameters in their order, percent-decoded, '+' read as a space; a parameter
  /// without '=' has the value "".
  std::vector<std::pair<std::string, std::string>> query;
  bool trailing_slash = false;  ///< the path ends in '/', as "/" does

  /// The value of the first parameter of that name.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const {
    for (const auto& [key, value] : query)
      if (key == name) return value;
    return std::nullopt;
  }
};

/// Refuses `target-too-long` above kTargetBytes; `target-malformed` for what is not in origin form,
/// a percent-encoding that is none, a NUL, and bytes that decode to no UTF-8. A segment may be
/// empty, "." or "..", and have slashes that were encoded: it is a text, and no path. No route
/// matches these but one that asks for them (router.h).
[[nodiscard]] Result<Target> parse_target(std::string_view text);

/// A target in origin form: itself, or of an absolute one ("http://registry.example/a?b"), which
/// every server takes (RFC 9112 section 3.2.2), what follows the authority. Whose name stands there
/// is not looked at, as it isn't in Host: one registry is served. What is neither stays as it is,
/// for parse_target to refuse.
[[nodiscard]] std::string origin_form(std::string_view target);

}  // namespace comity::views
