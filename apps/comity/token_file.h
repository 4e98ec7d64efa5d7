#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "base/files.h"
#include "base/time.h"

#include "bearer_token.h"

/// `private/tokens.json` of a registry: docs/operating/tokens.md.
namespace comity::cli {

inline constexpr std::size_t kMostTokens = 4096;
inline constexpr std::size_t kLabelBytes = 100;
/// The most that a token's own rate, or what it saves up, may be.
inline constexpr std::uint64_t kMostRequests = 1'000'000;

struct Token {
  TokenHash hash;
  std::string party;  ///< the identity id of whoever has it
  std::string label;  ///< what its party tells it by, or empty
  UnixMicros created{};
  // Where it has none of its own, the settings of the server hold.
  std::optional<std::uint64_t> requests_per_second;  ///< 0 = any number
  std::optional<std::uint64_t> burst;                ///< at least 1
};

[[nodiscard]] std::string token_path(const std::string& directory);

/// Whether it is UTF-8 without control characters, at most kLabelBytes long.
[[nodiscard]] bool is_token_label(std::string_view text);

/// REQUIRES: at most kMostTokens, labels that are some, no two of one id.
[[nodiscard]] std::string print(const std::vector<Token>& tokens);
/// Refuses `tokens-malformed`, for a member that is not known too; `path` names the file in the
/// sentence.
[[nodiscard]] Result<std::vector<Token>> parse_tokens(ByteView bytes, const std::string& path);
/// None where there is no file. Refuses `tokens-malformed`, and as read_file.
[[nodiscard]] Result<std::vector<Token>> read_tokens(const std::string& path);

/// The tokens of a registry while they are changed, which nobody else does meanwhile.
struct HeldTokens {
  std::string path;
  std::unique_ptr<FileLock> lock;
  std::vector<Token> tokens;

  /// Refuses `registry-locked` while somebody else changes them, `file-missing` where the directory
  /// has no private part, as that of a mirror, and as read_tokens.
  [[nodiscard]] static Result<HeldTokens> open(const std::string& directory);
  /// Replaces the file, mode 0600, at once and durably.
  Result<void> put() const;
};

}  // namespace comity::cli
