#pragma once

#include <string>
#include <vector>

namespace CLI {  // NOLINT(readability-identifier-naming): the library's own name
class App;
}

namespace comity::cli {

/// The command line as data: what completions, man pages and the reference are made of, so that
/// none of them can fall behind the program.
struct CommandOption {
  std::vector<std::string> flags;  ///< "--key", "-h"; empty for a positional
  std::string positional;          ///< "REGISTRY"; empty for a flag
  std::string value;               ///< "FILE"; empty where it takes none
  std::vector<std::string> choices;
  std::string standard;  ///< the default, or empty
  std::string description;
  bool required = false;
  bool repeated = false;

  [[nodiscard]] bool takes_value() const { return !value.empty() || !choices.empty(); }
  /// Whether a file or directory is to be named.
  [[nodiscard]] bool is_path() const;
};

struct Command {
  std::string name;
  std::string path;  ///< "comity key new"
  std::string group;
  std::string description;
  std::string footer;
  std::vector<CommandOption> options;      ///< those with flags
  std::vector<CommandOption> positionals;  ///< in order
  std::vector<Command> commands;
};

[[nodiscard]] Command command_tree(const CLI::App& app);

/// "comity key new [OPTIONS] FILE"
[[nodiscard]] std::string usage(const Command& command);
/// "--key FILE", "--group {a,b}"
[[nodiscard]] std::string heading(const CommandOption& option);

// Scripts for the three shells, and pages.
[[nodiscard]] std::string bash_completion(const Command& root);
[[nodiscard]] std::string zsh_completion(const Command& root);
[[nodiscard]] std::string fish_completion(const Command& root);
/// The man page of one command with its subcommands, in roff (man(7)). `version` is the program's.
[[nodiscard]] std::string man_page(const Command& command, const Command& root,
                                   const std::string& version);
/// "comity-key.1"
[[nodiscard]] std::string man_file(const Command& command);
/// docs/reference/cli.md.
[[nodiscard]] std::string markdown(const Command& root);

}  // namespace comity::cli
