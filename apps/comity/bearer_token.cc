#include "bearer_token.h"

#include <algorithm>

#include "crypto/secret.h"
#include "crypto/sha256.h"

namespace comity::cli {
namespace {

/// By which those who look for leaked secrets know one.
constexpr std::string_view kPrefix = "comity_";
constexpr std::string_view kScheme = "bearer";
constexpr std::size_t kIdDigits = 12;

char in_lower_case(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::string draw_token() {
  const auto secret = crypto::Secret::random();
  std::string text = to_base64url(secret.reveal());
  std::string token;
  token.reserve(kPrefix.size() + text.size());
  token.append(kPrefix).append(text);
  crypto::wipe(text);
  return token;
}

TokenHash hash_of_token(std::string_view token) {
  return crypto::digest_of<BearerTokenTag>(as_bytes(token));
}

std::string id_of(const TokenHash& hash) { return to_hex(hash.view()).substr(0, kIdDigits); }

std::optional<std::string_view> bearer_token_in(std::string_view authorization) {
  const std::size_t end = std::min(authorization.find(' '), authorization.size());
  if (!std::ranges::equal(authorization.substr(0, end), kScheme, {}, in_lower_case))
    return std::nullopt;
  const std::size_t begin =
      std::min(authorization.find_first_not_of(' ', end), authorization.size());
  return authorization.substr(begin);
}

}  // namespace comity::cli
