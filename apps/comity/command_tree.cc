#include "command_tree.h"

#include <algorithm>
#include <array>

#include <CLI/CLI.hpp>

namespace comity::cli {
namespace {

/// CLI11 writes the members of a choice into the type: "GROUP:{a,b}".
void read_type(const std::string& type, CommandOption& option) {
  const std::size_t open = type.find('{');
  std::size_t begin = open + 1;
  if (open != std::string::npos) {
    const std::size_t close = type.find('}', open);
    while (begin < close) {
      const std::size_t end = std::min(type.find(',', begin), close);
      option.choices.push_back(type.substr(begin, end - begin));
      begin = end + 1;
    }
  }
  option.value = type.substr(0, type.find(':'));
}

CommandOption read_option(const CLI::Option& from) {
  CommandOption option;
  for (const auto& name : from.get_snames()) option.flags.push_back("-" + name);
  for (const auto& name : from.get_lnames()) option.flags.push_back("--" + name);
  if (option.flags.empty()) option.positional = from.get_name(true);
  if (from.get_items_expected_max() > 0) read_type(from.get_type_name(), option);
  option.description = from.get_description();
  option.required = from.get_required();
  option.repeated = from.get_expected_max() > 1;
  if (option.takes_value()) option.standard = from.get_default_str();
  return option;
}

void read_options(const CLI::App& app, Command& command) {
  for (const auto* it : app.get_options()) {
    auto option = read_option(*it);
    (option.positional.empty() ? command.options : command.positionals)
        .push_back(std::move(option));
  }
}

Command read(const CLI::App& app, const std::string& parent) {
  Command command;
  command.name = app.get_name();
  command.path = parent.empty() ? command.name : parent + " " + command.name;
  command.group = app.get_group();
  command.description = app.get_description();
  command.footer = app.get_footer();
  read_options(app, command);
  for (const auto* it : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (it->get_name().empty())
      read_options(*it, command);  // a group of options
    else if (!it->get_group().empty())
      command.commands.push_back(read(*it, command.path));
  }
  return command;
}

}  // namespace

bool CommandOption::is_path() const {
  constexpr std::array<const char*, 8> kPaths{"FILE", "DIR",      "PREFIX", "REGISTRY",
                                              "MAP",  "KEY_FILE", "KEY",    "APPLICATION"};
  const std::string& name = positional.empty() ? value : positional;
  return std::find(kPaths.begin(), kPaths.end(), name) != kPaths.end();
}

Command command_tree(const CLI::App& app) { return read(app, ""); }

std::string usage(const Command& command) {
  std::string line = command.path;
  if (!command.options.empty()) line += " [OPTIONS]";
  for (const auto& it : command.positionals) {
    const std::string name = it.positional + (it.repeated ? "..." : "");
    line += it.required ? " " + name : " [" + name + "]";
  }
  if (!command.commands.empty()) line += " COMMAND";
  return line;
}

std::string heading(const CommandOption& option) {
  std::string text = option.positional;
  for (const auto& flag : option.flags) text += (text.empty() ? "" : ", ") + flag;
  if (!option.flags.empty() && !option.value.empty()) text += " " + option.value;
  return text;
}

}  // namespace comity::cli
