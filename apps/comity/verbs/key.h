#pragma once

#include "command_line.h"
#include "context.h"

namespace comity::cli {

/// `key add`, `key rotate` and `key revoke`: those that file key notes.
void add_key_filing(Verb key, Context& context);

}  // namespace comity::cli
