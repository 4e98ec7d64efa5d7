#pragma once

#include <string>

#include "base/bytes.h"

#include "command_line.h"
#include "context.h"

namespace comity::cli {

/// `party apply` and `party admit`.
void add_party_admission(Verb party, Context& context);

/// The `name` of a JSON object, or "".
[[nodiscard]] std::string name_in(ByteView object);

}  // namespace comity::cli
