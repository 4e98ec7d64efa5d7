#include <filesystem>

#include "app.h"
#include "command_tree.h"
#include "disk_file.h"
#include "text.h"
#include "verbs/verbs.h"

namespace comity::cli {
namespace {

struct ManualOptions {
  std::string verb;
  std::string directory;
};

constexpr const char* kManualFooter =
    "Examples:\n"
    "  comity man | man -l -\n"
    "  comity man file | man -l -\n"
    "  comity man --to /usr/local/share/man/man1";

Result<Outcome> write_pages(const std::string& directory, const Command& root,
                            const Context& context) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error) return fail("Making the directory " + directory, error.value());
  Json files = Json::array();
  const auto put = [&](const Command& command) -> Result<void> {
    const std::string path = directory + "/" + man_file(command);
    files.push_back(path);
    return put_file(path, as_bytes(man_page(command, root, COMITY_VERSION)), Readers::everybody);
  };
  COMITY_CHECK(put(root));
  for (const auto& it : root.commands) {
    COMITY_CHECK(put(it));
    for (const auto& inner : it.commands) COMITY_CHECK(put(inner));
  }
  const std::size_t pages = files.size();
  context.print({{"pages", std::move(files)}},
                counted(pages, "page is", "pages are") + " in " + directory + ".\n");
  return Outcome::ok;
}

Result<Outcome> manual(const ManualOptions& options, Context& context) {
  const Command root = command_line();
  if (!options.directory.empty()) return write_pages(options.directory, root, context);
  const Command* chosen = &root;
  for (const auto& it : root.commands)
    if (it.name == options.verb) chosen = &it;
  if (chosen == &root && !options.verb.empty())
    return refuse("verb-unknown",
                  "There is no verb " + options.verb + "; `comity --help` lists them.");
  const std::string page = man_page(*chosen, root, COMITY_VERSION);
  context.print({{"page", page}}, page);
  return Outcome::ok;
}

Result<Outcome> help_markdown(const ManualOptions&, Context& context) {
  const std::string page = markdown(command_line());
  context.print({{"page", page}}, page);
  return Outcome::ok;
}

}  // namespace

void add_manual(Verb app, Context& context) {
  auto options = std::make_shared<ManualOptions>();
  const auto verb = app.add_subcommand("man", "Print a man page, or write all of them");
  verb.group("The program");
  verb.footer(kManualFooter);
  verb.add_option("VERB", options->verb, "Of this verb; without it, of the whole").type_name("");
  add_named(verb, "--to", options->directory, "DIR", "Write all pages into this directory");
  run_when_named(verb, context, options, manual);

  auto nothing = std::make_shared<ManualOptions>();
  const auto hidden = app.add_subcommand("help-markdown", "Print docs/reference/cli.md");
  hidden.group("");
  run_when_named(hidden, context, nothing, help_markdown);
}

}  // namespace comity::cli
