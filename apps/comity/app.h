#pragma once

#include <memory>

namespace CLI {  // NOLINT(readability-identifier-naming): the library's own name
class App;
}

namespace comity::cli {

struct Context;

/// The whole command line: global options and every verb. The context must outlive it.
[[nodiscard]] std::unique_ptr<CLI::App> make_app(Context& context);

/// Runs one command line. Exit codes: 0 ok; 1 refused, or a check that failed; 2 usage; 3 fault.
[[nodiscard]] int run(int argc, char** argv);

}  // namespace comity::cli
