#include <fmt/format.h>

#include "command_tree.h"

namespace comity::cli {
namespace {

/// All commands of the tree, the root first.
void collect(const Command& command, std::vector<const Command*>& all) {
  all.push_back(&command);
  for (const auto& it : command.commands) collect(it, all);
}

std::vector<const Command*> all_of(const Command& root) {
  std::vector<const Command*> all;
  collect(root, all);
  return all;
}

std::string flags_of(const Command& command) {
  std::string text;
  for (const auto& option : command.options)
    for (const auto& flag : option.flags)
      if (flag.starts_with("--")) text += (text.empty() ? "" : " ") + flag;
  return text;
}

std::string names_of(const Command& command) {
  std::string text;
  for (const auto& it : command.commands) text += (text.empty() ? "" : " ") + it.name;
  return text;
}

std::string words(const std::vector<std::string>& list) {
  std::string text;
  for (const auto& it : list) text += (text.empty() ? "" : " ") + it;
  return text;
}

/// In single quotes, for bash and zsh.
std::string quoted(const std::string& text) {
  std::string made = "'";
  for (const char c : text) made += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return made + "'";
}

/// In single quotes for fish, which escapes with a backslash.
std::string fish_quoted(const std::string& text) {
  std::string made = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') made += '\\';
    made += c;
  }
  return made + "'";
}

/// "comity key new" as the part of a function's name.
std::string joined_path(const Command& command) {
  std::string name = command.path;
  for (char& c : name)
    if (c == ' ' || c == '-') c = '_';
  return name;
}

std::string bash_values(const Command& command) {
  std::string cases;
  for (const auto& option : command.options) {
    if (!option.takes_value()) continue;
    const std::string action =
        !option.choices.empty()
            ? "COMPREPLY=($(compgen -W " + quoted(words(option.choices)) + " -- \"$word\"))"
        : option.is_path() ? "COMPREPLY=($(compgen -f -- \"$word\"))"
                           : "COMPREPLY=()";
    for (const auto& flag : option.flags)
      cases += fmt::format("    {}) {}; return ;;\n",
                           quoted(fmt::format("{}:{}", command.path, flag)), action);
  }
  return cases;
}

std::string zsh_spec(const CommandOption& option) {
  std::string values = ":" + (option.value.empty() ? "value" : option.value) + ":";
  if (!option.choices.empty())
    values += "(" + words(option.choices) + ")";
  else if (option.is_path())
    values += "_files";
  std::string description;
  for (const char c : option.description) {
    if (c == '[' || c == ']' || c == ':') description += '\\';
    description += c;
  }
  std::string specs;
  for (const auto& flag : option.flags)
    specs += " " + quoted(fmt::format("{}{}[{}]{}", option.repeated ? "*" : "", flag, description,
                                      option.takes_value() ? values : ""));
  return specs;
}

std::string zsh_function(const Command& command) {
  std::string text = "_" + joined_path(command) + "() {\n";
  text += "  local context state state_descr line\n  typeset -A opt_args\n";
  text += "  _arguments -C";
  for (const auto& option : command.options) text += zsh_spec(option);
  if (!command.commands.empty()) {
    text +=
        " '1: :->command' '*:: :->rest'\n  case $state in\n    command)\n      local -a names=(";
    for (const auto& it : command.commands)
      text += "\n        " + quoted(it.name + ":" + it.description);
    text += "\n      )\n      _describe command names ;;\n    rest)\n      case $line[1] in\n";
    for (const auto& it : command.commands)
      text += "        " + it.name + ") _" + joined_path(it) + " ;;\n";
    return text + "      esac ;;\n  esac\n}\n\n";
  }
  return text + " '*: :_files'\n}\n\n";
}

/// fish: that the words so far are those of the command.
std::string fish_condition(const Command& command) {
  std::string words = command.path;
  return "__comity_at " + words.substr(std::min(words.size(), std::string("comity").size() + 1));
}

}  // namespace

std::string bash_completion(const Command& root) {
  std::string text =
      "# bash completion of comity; made by `comity completion bash`.\n"
      "_comity() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} path=comity i\n"
      "  COMPREPLY=()\n"
      "  for ((i = 1; i < COMP_CWORD; ++i)); do\n"
      "    case \"$path ${COMP_WORDS[i]}\" in\n";
  for (const auto* it : all_of(root))
    if (it != &root) text += "      " + quoted(it->path) + ") path=" + quoted(it->path) + " ;;\n";
  text += "    esac\n  done\n  case \"$path:$before\" in\n";
  for (const auto* it : all_of(root)) text += bash_values(*it);
  text += "  esac\n  local global=" + quoted(flags_of(root)) + "\n";
  for (const auto& option : root.options)
    if (option.is_path())
      for (const auto& flag : option.flags)
        text += "  if [[ $before == " + flag +
                " ]]; then COMPREPLY=($(compgen -f -- \"$word\")); " + "return; fi\n";
  text += "  case $path in\n";
  for (const auto* it : all_of(root)) {
    text += "    " + quoted(it->path) + ")\n      if [[ $word == -* ]]; then\n";
    text += "        COMPREPLY=($(compgen -W " + quoted(flags_of(*it)) +
            "\" $global\" -- \"$word\"))\n      else\n";
    text += it->commands.empty()
                ? "        COMPREPLY=($(compgen -f -- \"$word\"))\n"
                : "        COMPREPLY=($(compgen -W " + quoted(names_of(*it)) + " -- \"$word\"))\n";
    text += "      fi ;;\n";
  }
  return text + "  esac\n}\ncomplete -o filenames -F _comity comity\n";
}

std::string zsh_completion(const Command& root) {
  std::string text =
      "#compdef comity\n# zsh completion of comity; made by `comity completion zsh`.\n\n";
  for (const auto* it : all_of(root)) text += zsh_function(*it);
  return text +
         "if [[ $funcstack[1] == _comity ]]; then _comity \"$@\"; else compdef _comity comity; "
         "fi\n";
}

std::string fish_completion(const Command& root) {
  std::string text =
      "# fish completion of comity; made by `comity completion fish`.\n"
      "function __comity_at\n"
      "    set -l words (commandline -opc)\n"
      "    set -l commands\n"
      "    for word in $words[2..-1]\n"
      "        string match -q -- '-*' $word; or set -a commands $word\n"
      "    end\n"
      "    test (count $commands) -ge (count $argv); or return 1\n"
      "    for i in (seq (count $argv))\n"
      "        test $commands[$i] = $argv[$i]; or return 1\n"
      "    end\n"
      "end\n"
      "function __comity_next\n"
      "    set -l words (commandline -opc)\n"
      "    set -l commands\n"
      "    for word in $words[2..-1]\n"
      "        string match -q -- '-*' $word; or set -a commands $word\n"
      "    end\n"
      "    test \"$commands\" = \"$argv\"\n"
      "end\n";
  for (const auto* it : all_of(root)) {
    const std::string below =
        it->path.substr(std::min(it->path.size(), std::string("comity ").size()));
    for (const auto& sub : it->commands)
      text += "complete -c comity -f -n " + fish_quoted("__comity_next " + below) + " -a " +
              sub.name + " -d " + fish_quoted(sub.description) + "\n";
    for (const auto& option : it->options) {
      text += "complete -c comity -n " + fish_quoted(fish_condition(*it));
      for (const auto& flag : option.flags)
        text += flag.starts_with("--") ? " -l " + flag.substr(2) : " -s " + flag.substr(1);
      if (!option.choices.empty())
        text += " -x -a " + fish_quoted(words(option.choices));
      else if (option.takes_value())
        text += option.is_path() ? " -r -F" : " -x";
      text += " -d " + fish_quoted(option.description) + "\n";
    }
  }
  return text;
}

}  // namespace comity::cli
