#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>

#include "base/bytes.h"

#include "tests/fuzz_target.h"
#include "token_file.h"

// A file of tokens that is read is within its bounds, and written so that it is read as the same.
COMITY_FUZZ_TARGET(cli_token_file_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  const auto tokens = cli::parse_tokens(std::as_bytes(std::span(data, size)), "it");
  if (!tokens) {
    COMITY_ASSERT(tokens.error().code() == "tokens-malformed");
    return 0;
  }
  COMITY_ASSERT(tokens->size() <= cli::kMostTokens);
  std::set<std::string> ids;
  for (const auto& token : *tokens) {
    COMITY_ASSERT(cli::is_token_label(token.label));
    COMITY_ASSERT(ids.insert(cli::id_of(token.hash)).second);
    COMITY_ASSERT(token.burst.value_or(1) >= 1);
  }
  const std::string text = cli::print(*tokens);
  const auto again = cli::parse_tokens(as_bytes(text), "it");
  COMITY_ASSERT(again && cli::print(*again) == text);
  return 0;
}
