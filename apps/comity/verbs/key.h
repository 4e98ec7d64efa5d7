#pragma once

#include <CLI/CLI.hpp>

#include "context.h"

namespace comity::cli {

/// `key add`, `key rotate` and `key revoke`: those that file key notes.
void add_key_filing(CLI::App& key, Context& context);

}  // namespace comity::cli
