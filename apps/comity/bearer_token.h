#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

/// Bearer tokens (RFC 6750): who sends one is counted by it, and nothing else depends on it.
namespace comity::cli {

struct BearerTokenTag {};
/// SHA-256 of a token's text, which is all that is kept of it: 256 random bits need no salt.
using TokenHash = Digest<BearerTokenTag>;

/// "comity_" and 256 random bits in base64url.
[[nodiscard]] std::string draw_token();

[[nodiscard]] TokenHash hash_of_token(std::string_view token);

/// What people call a token by: the first twelve hexadecimal digits of its hash.
[[nodiscard]] std::string id_of(const TokenHash& hash);

/// The token in the value of an Authorization field, which may be empty or any text; nothing where
/// the field is of another scheme.
[[nodiscard]] std::optional<std::string_view> bearer_token_in(std::string_view authorization);

}  // namespace comity::cli
