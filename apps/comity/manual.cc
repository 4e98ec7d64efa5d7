#include <algorithm>
#include <map>

#include "command_tree.h"
#include "reference_head.h"

namespace comity::cli {
namespace {

constexpr const char* kExitCodes =
    "0: done. 1: refused, or a check that failed. 2: wrong usage. 3: a fault of this system, not "
    "of "
    "the input: a retry is safe once it is mended.";

/// Text in roff: backslashes and leading dots are its own.
std::string roff(const std::string& text) {
  std::string made;
  bool line_begins = true;
  for (const char c : text) {
    if (line_begins && (c == '.' || c == '\'')) made += "\\&";
    if (c == '\\')
      made += "\\e";
    else if (c == '-')
      made += "\\-";
    else
      made += c;
    line_begins = c == '\n';
  }
  return made;
}

std::string sentence(const CommandOption& option) {
  std::string text = option.description + ".";
  if (!option.choices.empty()) {
    text += " One of ";
    for (std::size_t i = 0; i < option.choices.size(); ++i)
      text += (i == 0 ? "" : ", ") + option.choices[i];
    text += '.';
  }
  if (!option.standard.empty()) text += " Default: " + option.standard + ".";
  if (option.required && option.positional.empty()) text += " Required.";
  return text;
}

std::string upper(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

/// "comity key new" is the page comity-key-new.
std::string dashed(std::string path) {
  std::replace(path.begin(), path.end(), ' ', '-');
  return path;
}

/// A footer is prose, then "Examples:" and lines that stay as they are.
struct Footer {
  std::string prose;
  std::string examples;
};

Footer split_footer(const std::string& footer) {
  const std::size_t at = footer.find("Examples:\n");
  if (at == std::string::npos) return {footer, ""};
  return {footer.substr(0, at), footer.substr(at + std::string("Examples:\n").size())};
}

std::string roff_options(const Command& command) {
  std::string text;
  for (const auto* list : {&command.positionals, &command.options})
    for (const auto& option : *list)
      text += ".TP\n.B " + roff(heading(option)) + "\n" + roff(sentence(option)) + "\n";
  return text;
}

std::string roff_footer(const Command& command) {
  const Footer footer = split_footer(command.footer);
  std::string text;
  if (!footer.prose.empty()) text += ".SH DESCRIPTION\n" + roff(footer.prose) + "\n";
  if (!footer.examples.empty()) text += ".SH EXAMPLES\n.nf\n" + roff(footer.examples) + "\n.fi\n";
  return text;
}

std::string roff_commands(const Command& command) {
  if (command.commands.empty()) return {};
  std::string text = ".SH COMMANDS\n";
  for (const auto& it : command.commands)
    text += ".TP\n.B " + roff(usage(it)) + "\n" + roff(it.description) + ".\n";
  return text;
}

void add_markdown(const Command& command, int level, std::string& text) {
  text += "\n" + std::string(static_cast<std::size_t>(level), '#') + " " + command.path + "\n\n" +
          command.description + ".\n\n    " + usage(command) + "\n";
  if (!command.positionals.empty() || !command.options.empty()) {
    text += "\n| | |\n|---|---|\n";
    for (const auto* list : {&command.positionals, &command.options})
      for (const auto& option : *list)
        if (std::find(option.flags.begin(), option.flags.end(), "--help") == option.flags.end())
          text += "| `" + heading(option) + "` | " + sentence(option) + " |\n";
  }
  const Footer footer = split_footer(command.footer);
  if (!footer.prose.empty()) {
    std::string prose = footer.prose;
    while (prose.ends_with('\n')) prose.pop_back();
    text += "\n" + prose + "\n";
  }
  if (!footer.examples.empty()) {
    text += "\n```sh\n";
    std::size_t begin = 0;
    while (begin < footer.examples.size()) {
      const std::size_t end = std::min(footer.examples.find('\n', begin), footer.examples.size());
      std::string line = footer.examples.substr(begin, end - begin);
      if (line.starts_with("  ")) line.erase(0, 2);
      text += line + "\n";
      begin = end + 1;
    }
    text += "```\n";
  }
  for (const auto& it : command.commands) add_markdown(it, level + 1, text);
}

}  // namespace

std::string man_file(const Command& command) { return dashed(command.path) + ".1"; }

std::string man_page(const Command& command, const Command& root, const std::string& version) {
  std::string text = ".TH " + upper(dashed(command.path)) + " 1 \"\" \"comity " + version +
                     "\" \"Comity\"\n.SH NAME\n" + roff(dashed(command.path)) + " \\- " +
                     roff(command.description) + "\n.SH SYNOPSIS\n.B " + roff(usage(command)) +
                     "\n";
  text += roff_footer(command);
  if (!command.options.empty() || !command.positionals.empty())
    text += ".SH OPTIONS\n" + roff_options(command);
  if (&command != &root)
    text += ".PP\nOptions of all commands (\\-\\-json and others) are in\n.BR comity (1).\n";
  text += roff_commands(command);
  text += ".SH \"EXIT STATUS\"\n" + roff(kExitCodes) + "\n.SH \"SEE ALSO\"\n";
  bool first = true;
  for (const auto& it : root.commands) {
    if (&it == &command) continue;
    text += std::string(first ? "" : ",\n") + ".BR " + roff(dashed(it.path)) + " (1)";
    first = false;
  }
  return text + "\n";
}

std::string markdown(const Command& root) {
  std::string text(as_text(reference_head()));
  add_markdown(root, 2, text);
  return text;
}

}  // namespace comity::cli
