#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace comity::views {

/// A media type, RFC 9110 section 8.3.1. Type, subtype and the names of parameters are in lower
/// case; their values are as they came, quotes taken off.
struct MediaType {
  std::string type;     ///< "application"
  std::string subtype;  ///< "taxii+json"
  std::vector<std::pair<std::string, std::string>> parameters;

  [[nodiscard]] bool is(std::string_view name) const;  ///< "application/json", parameters apart
  [[nodiscard]] std::optional<std::string_view> parameter(std::string_view name) const;
};

/// Nothing where the text is none. For Content-Type.
[[nodiscard]] std::optional<MediaType> parse_media_type(std::string_view text);

/// One range of an Accept field: "*" stands for any type or subtype. Section 12.5.1.
struct MediaRange {
  MediaType type;
  unsigned weight = 1000;  ///< q in thousandths; 0 = not acceptable
};

/// The ranges of the field; those that are malformed are left out.
[[nodiscard]] std::vector<MediaRange> parse_accept(std::string_view field);

/// Which of the types offered ("application/taxii+json;version=2.1") the field likes best, as a
/// place in the list; of equals the first; nothing where none is acceptable. The most specific
/// range that matches a type decides about it; a range's parameters must all be the type's. A
/// request without the field takes anything.
[[nodiscard]] std::optional<std::size_t> choose(std::optional<std::string_view> field,
                                                std::span<const std::string_view> offered);

/// Whether the Accept-Encoding field takes that content coding ("gzip"). Section 12.5.3.
[[nodiscard]] bool accepts_coding(std::optional<std::string_view> field, std::string_view coding);

}  // namespace comity::views
