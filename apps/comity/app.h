#pragma once

#include "command_tree.h"

namespace comity::cli {

/// Global options and every verb.
[[nodiscard]] Command command_line();

/// Runs one command line. Exit codes: 0 ok; 1 refused, or a check that failed; 2 usage; 3 fault.
[[nodiscard]] int run(int argc, char** argv);

}  // namespace comity::cli
