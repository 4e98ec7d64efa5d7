#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/error.h"

namespace comity::crypto {

/// A UUID as its sixteen bytes in network order (RFC 9562 section 4).
struct Uuid {
  std::array<std::byte, 16> bytes{};

  bool operator==(const Uuid&) const = default;
};

/// The name-based UUID, version 5 (RFC 9562 section 5.5): SHA-1 of namespace and name. The same
/// name gives the same identifier for ever.
[[nodiscard]] Uuid uuid_v5(const Uuid& space, std::string_view name);

/// "2ed6657d-e927-568b-95e1-2665a8aea6a2", lower case.
[[nodiscard]] std::string to_text(const Uuid& uuid);

/// The inverse of `to_text`; refuses `uuid-malformed` on any other form, capitals included.
[[nodiscard]] Result<Uuid> parse_uuid(std::string_view text);

}  // namespace comity::crypto
