#include "server/request_count.h"

namespace comity::server {
namespace {

std::unexpected<Error> too_often(const std::string& who) {
  return refuse("too-many-requests", who + " asks too often; ask again after a pause.");
}

}  // namespace

Result<void> count_request(std::optional<std::string_view> token, const std::string& address,
                           TokenLimits& tokens, AddressLimits& addresses) {
  auto answer = TokenLimits::Answer::unknown;
  if (token) answer = tokens.asked(cli::hash_of_token(*token));
  if (answer == TokenLimits::Answer::within) return {};
  if (answer == TokenLimits::Answer::beyond) return too_often("Whoever has this token");
  if (!addresses.asked(address)) return too_often("This address");
  if (!token) return {};
  return refuse("token-unknown",
                "The bearer token is none of this registry's, or was revoked; leave Authorization "
                "out, since nothing here needs it, or ask the registry for another token.");
}

}  // namespace comity::server
