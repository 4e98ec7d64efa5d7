#include <cstdint>

#include "base/error.h"

#include "bearer_token.h"
#include "tests/fuzz_target.h"

// A token is the end of its field and stands behind the scheme alone; a field that is read as none
// is of another scheme.
COMITY_FUZZ_TARGET(cli_bearer_token_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  const std::string_view field(reinterpret_cast<const char*>(data), size);
  const auto token = cli::bearer_token_in(field);
  if (!token) {
    COMITY_ASSERT(!field.starts_with("Bearer ") && !field.starts_with("bearer "));
    return 0;
  }
  COMITY_ASSERT(field.ends_with(*token) && !token->starts_with(' '));
  const std::string_view before = field.substr(0, field.size() - token->size());
  COMITY_ASSERT(before.size() >= 6 && before.find_first_not_of(' ', 6) == before.npos);
  COMITY_ASSERT(cli::bearer_token_in("Bearer " + std::string(*token)) == *token);
  return 0;
}
