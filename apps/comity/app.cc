#include "app.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "context.h"
#include "text.h"
#include "verbs/verbs.h"

namespace comity::cli {
namespace {

constexpr int kRefused = 1;
constexpr int kUsage = 2;
constexpr int kFault = 3;

constexpr const char* kProgramFooter =
    "Exit codes: 0 done; 1 refused, or a check that failed; 2 wrong usage; 3 a fault of this "
    "system.\n"
    "\n"
    "Examples:\n"
    "  comity init registry --origin example.org/comity --name 'Example Registry'\n"
    "  comity import landmarks registry\n"
    "  comity show registry notpetya\n"
    "  comity audit registry\n"
    "  comity file --help";

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

int report(const Error& error, const Context& context) {
  const bool fault = error.fault() != nullptr;
  if (context.json) {
    std::fputs(dump({{"error", error.code()}, {"detail", error.sentence()}}).c_str(), stderr);
  } else {
    const std::string kind =
        fault ? "a fault of this system, not of the input; once it is mended, a retry is safe"
              : "refused: " + error.code();
    std::fprintf(stderr, "comity: %s\n  (%s)\n", printable(error.sentence()).c_str(), kind.c_str());
  }
  return fault ? kFault : kRefused;
}

/// Whether JSON is asked for on a command line that could not be read to its end.
bool asks_for_json(const std::vector<std::string>& words) {
  const auto end = std::find(words.begin(), words.end(), "--");
  return std::find(words.begin(), end, "--json") != end;
}

/// The verb that the words name, as far as they do: "comity", "key", "new".
std::vector<const CLI::App*> verb_of(const CLI::App& app) {
  std::vector<const CLI::App*> path{&app};
  for (auto next = app.get_subcommands(); !next.empty(); next = path.back()->get_subcommands())
    path.push_back(next.front());
  return path;
}

/// What is wrong with the words: one that means nothing is likelier than one that is missing, which
/// is all that CLI11 then speaks of.
std::string complaint(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App& verb = *verb_of(app).back();
  const auto unknown = app.remaining(true);
  const auto verbs =
      verb.get_subcommands([](const CLI::App* it) { return !it->get_name().empty(); });
  if (unknown.empty())
    return verb.get_require_subcommand_min() == 0 ? error.what() : "The verb is missing.";
  if (!verbs.empty() && !unknown.front().starts_with('-'))
    return "There is no verb " + unknown.front() + ".";
  std::string text = unknown.front() + " is not understood here.";
  // One kid in 64 begins so.
  if (unknown.front().starts_with('-') && !unknown.front().starts_with("--"))
    text += " What begins with - and is no option stands behind --.";
  return text;
}

/// Help is printed by CLI11, whose exit codes are not ours; a complaint in the form of a refusal.
int leave(const CLI::App& app, const CLI::ParseError& error, bool json) {
  if (error.get_exit_code() == 0) {
    (void)app.exit(error);
    return std::fflush(stdout) == 0 ? 0 : kFault;
  }
  std::string sentence = printable(complaint(app, error));
  if (!sentence.ends_with('.')) sentence += '.';
  std::string verb;
  for (const auto* it : verb_of(app)) verb += (verb.empty() ? "" : " ") + it->get_name();
  const std::string advice = "See `" + verb + " --help`.";
  if (json)
    std::fputs(dump({{"error", "usage"}, {"detail", sentence + " " + advice}}).c_str(), stderr);
  else
    std::fprintf(stderr, "comity: %s\n  %s\n", sentence.c_str(), advice.c_str());
  return kUsage;
}

/// The context must outlive it.
std::unique_ptr<CLI::App> make_app(Context& context) {
  auto app = std::make_unique<CLI::App>(
      "Comity keeps the public record of claims, answers and commitments in cyberspace.", "comity");
  app->set_version_flag("--version", "comity " COMITY_VERSION, "Print the version and exit");
  app->fallthrough();
  const Verb verb(*app);
  verb.add_flag("--json", context.json, "Print the result as one line of JSON");
  verb.add_flag("--quiet", context.quiet, "Show no progress");
  verb.add_option(
          "--passphrase-file", context.passphrases.file,
          "Read passphrases of key files from the first line of this file instead of asking")
      .envname("COMITY_PASSPHRASE_FILE")
      .type_name("FILE");
  verb.require_subcommand(1);
  verb.footer(kProgramFooter);
  add_verbs(verb, context);
  return app;
}

}  // namespace

void Context::print(const Json& json_form, const std::string& text) const {
  const std::string output = json ? dump(json_form) : text;
  std::fwrite(output.data(), 1, output.size(), stdout);
}

Command command_line() {
  Context unused;
  return command_tree(*make_app(unused));
}

int run(int argc, char** argv) {
  Context context;
  const auto app = make_app(context);
  try {
    app->parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return leave(*app, error, asks_for_json({argv + 1, argv + argc}));
  }
  errno = 0;
  const auto outcome = context.chosen();
  if (!outcome) return report(outcome.error(), context);
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
    return report(Fault{"The output can't be written", errno}, context);
  return static_cast<int>(*outcome);
}

}  // namespace comity::cli
