#include <algorithm>
#include <set>

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

/// Flags behind which a value stands. None is a switch in one verb and takes a value in another.
std::vector<std::string> flags_with_value(const Command& root) {
  std::set<std::string> flags;
  for (const auto* command : all_of(root))
    for (const auto& option : command->options)
      if (option.takes_value()) flags.insert(option.flags.begin(), option.flags.end());
  return {flags.begin(), flags.end()};
}

/// How compgen is asked for what may stand there: "-f", "-W 'csv stix'"; empty where only the
/// user knows.
std::string bash_values(const CommandOption& option) {
  if (!option.choices.empty()) return "-W " + quoted(words(option.choices));
  return option.is_path() ? "-f" : "";
}

/// A case of what is offered behind each flag of the command.
std::string bash_flags(const Command& command) {
  std::string cases;
  for (const auto& option : command.options) {
    if (!option.takes_value()) continue;
    for (const auto& flag : option.flags)
      cases += fmt::format("    {}) _comity_offer {}; return ;;\n",
                           quoted(fmt::format("{}:{}", command.path, flag)), bash_values(option));
  }
  return cases;
}

/// A case of what is offered at each place of the command, verbs at the first.
std::string bash_places(const Command& command) {
  std::string cases;
  const std::size_t places =
      std::max(command.positionals.size(), std::size_t{command.commands.empty() ? 0U : 1U});
  for (std::size_t i = 0; i < places; ++i) {
    const bool given = i < command.positionals.size();
    const std::string verbs =
        i == 0 && !command.commands.empty() ? " -W " + quoted(names_of(command)) : "";
    const std::string values = given ? bash_values(command.positionals[i]) : "";
    cases += fmt::format("    {}:{}) _comity_offer{}{} ;;\n", quoted(command.path),
                         given && command.positionals[i].repeated ? "*" : std::to_string(i), verbs,
                         values.empty() ? "" : " " + values);
  }
  return cases;
}

/// ":FORMAT:(csv stix)", ":FILE:_files"
std::string zsh_values(const CommandOption& option) {
  const std::string& name = option.positional.empty() ? option.value : option.positional;
  return ":" + (name.empty() ? "value" : name) + ":" +
         (!option.choices.empty() ? "(" + words(option.choices) + ")"
          : option.is_path()      ? "_files"
                                  : "");
}

std::string zsh_spec(const CommandOption& option) {
  std::string description;
  for (const char c : option.description) {
    if (c == '[' || c == ']' || c == ':') description += '\\';
    description += c;
  }
  std::string specs;
  for (const auto& flag : option.flags)
    specs += " " + quoted(fmt::format("{}{}[{}]{}", option.repeated ? "*" : "", flag, description,
                                      option.takes_value() ? zsh_values(option) : ""));
  return specs;
}

std::string zsh_places(const Command& command) {
  std::string specs;
  for (std::size_t i = 0; i < command.positionals.size(); ++i) {
    const auto& it = command.positionals[i];
    specs += " " + quoted((it.repeated ? "*" : std::to_string(i + 1)) + zsh_values(it));
  }
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
    text += "\n      )\n      _describe command names";
    // It stands where a verb may stand, as in `comity stats`.
    if (!command.positionals.empty() && command.positionals.front().is_path()) text += "; _files";
    text += " ;;\n    rest)\n      case $line[1] in\n";
    for (const auto& it : command.commands)
      text += "        " + it.name + ") _" + joined_path(it) + " ;;\n";
    return text + "      esac ;;\n  esac\n}\n\n";
  }
  return text + zsh_places(command) + "\n}\n\n";
}

/// "key new" of `comity key new`.
std::string below_root(const Command& command) {
  return command.path.substr(std::min(command.path.size(), std::string("comity ").size()));
}

/// What fish offers where nothing begins with a dash. It offers files unless it is told not to.
std::string fish_places(const Command& command) {
  std::string text;
  const std::string verbs = fish_quoted("__comity_place 0 " + below_root(command));
  const bool files = !command.positionals.empty() && command.positionals.front().is_path();
  for (const auto& it : command.commands)
    text += fmt::format("complete -c comity{} -n {} -a {} -d {}\n", files ? "" : " -f", verbs,
                        it.name, fish_quoted(it.description));
  for (std::size_t i = 0; i < command.positionals.size(); ++i) {
    const auto& it = command.positionals[i];
    if (it.is_path()) continue;
    text += fmt::format("complete -c comity -f -n {}",
                        fish_quoted(fmt::format("__comity_place {} {}", i, below_root(command))));
    if (!it.choices.empty()) text += " -a " + fish_quoted(words(it.choices));
    text += '\n';
  }
  return text;
}

}  // namespace

std::string bash_completion(const Command& root) {
  std::string valued;
  for (const auto& it : flags_with_value(root))
    valued += (valued.empty() ? "" : "|") + ("*" + quoted(" " + it));
  // bash parts "--format=csv" at the sign.
  std::string text =
      "# bash completion of comity; made by `comity completion bash`.\n"
      "_comity_offer() {\n"
      "  if (($#)); then mapfile -t COMPREPLY < <(compgen \"$@\" -- \"$word\"); fi\n"
      "}\n"
      "_comity() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
      "  local path=comity place=0 i\n"
      "  if [[ $word == = ]]; then word=; fi\n"
      "  if [[ $before == = ]]; then before=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
      "  COMPREPLY=()\n"
      "  for ((i = 1; i < COMP_CWORD; ++i)); do\n"
      "    case \"$path ${COMP_WORDS[i]}\" in\n";
  for (const auto* it : all_of(root))
    if (it != &root) text += "      " + quoted(it->path) + ") path=" + quoted(it->path) + " ;;\n";
  text += "      " + valued +
          ") ((++i)); if [[ ${COMP_WORDS[i]} == = ]]; then ((++i)); fi ;;\n"
          "      *' '-*) ;;\n"
          "      *) ((++place)) ;;\n"
          "    esac\n  done\n  case \"$path:$before\" in\n";
  for (const auto* it : all_of(root)) text += bash_flags(*it);
  text += "  esac\n";
  for (const auto& option : root.options)
    if (option.takes_value())
      for (const auto& flag : option.flags)
        text += fmt::format("  if [[ $before == {} ]]; then _comity_offer {}; return; fi\n", flag,
                            bash_values(option));
  text += "  if [[ $word == -* ]]; then\n    case $path in\n";
  for (const auto* it : all_of(root))
    text += fmt::format("      {}) _comity_offer -W {} ;;\n", quoted(it->path),
                        quoted(flags_of(*it) + (it == &root ? "" : " " + flags_of(root))));
  text += "    esac\n    return\n  fi\n  case $path:$place in\n";
  for (const auto* it : all_of(root)) text += bash_places(*it);
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
      "set -g __comity_valued " +
      words(flags_with_value(root)) +
      "\n"
      "# The words before the cursor, without options and their values.\n"
      "function __comity_words\n"
      "    set -l words (commandline -opc)\n"
      "    set -l valued 0\n"
      "    for word in $words[2..-1]\n"
      "        if test $valued = 1\n"
      "            set valued 0\n"
      "        else if contains -- $word $__comity_valued\n"
      "            set valued 1\n"
      "        else if not string match -q -- '-*' $word\n"
      "            echo $word\n"
      "        end\n"
      "    end\n"
      "end\n"
      "# __comity_at key new: whether they begin so.\n"
      "function __comity_at\n"
      "    set -l words (__comity_words)\n"
      "    test (count $words) -ge (count $argv); or return 1\n"
      "    for i in (seq (count $argv))\n"
      "        test \"$words[$i]\" = \"$argv[$i]\"; or return 1\n"
      "    end\n"
      "end\n"
      "# __comity_place 1 key new: that, and one more.\n"
      "function __comity_place\n"
      "    set -l words (__comity_words)\n"
      "    test (count $words) -eq (math $argv[1] + (count $argv) - 1); or return 1\n"
      "    __comity_at $argv[2..-1]\n"
      "end\n";
  for (const auto* it : all_of(root)) {
    text += fish_places(*it);
    for (const auto& option : it->options) {
      text += "complete -c comity -n " + fish_quoted("__comity_at " + below_root(*it));
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
