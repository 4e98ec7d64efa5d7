#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"

#include "server/address_limits.h"
#include "server/token_limits.h"

namespace comity::server {

/// Counts one request: by the token that it comes with, and else by its address, which also pays
/// for a token that nobody knows. Refuses `too-many-requests`, and `token-unknown`.
[[nodiscard]] Result<void> count_request(std::optional<std::string_view> token,
                                         const std::string& address, TokenLimits& tokens,
                                         AddressLimits& addresses);

}  // namespace comity::server
