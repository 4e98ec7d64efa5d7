#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "base/bytes.h"

#include "context.h"

namespace comity::cli {

/// `party apply` and `party admit`.
void add_party_admission(CLI::App& party, Context& context);

/// The `name` of a JSON object, or "".
[[nodiscard]] std::string name_in(ByteView object);

}  // namespace comity::cli
