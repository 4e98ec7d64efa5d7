#include "app.h"

#include <cerrno>
#include <cstdio>

#include <CLI/CLI.hpp>

#include "context.h"
#include "text.h"
#include "verbs/verbs.h"

namespace comity::cli {
namespace {

constexpr int kRefused = 1;
constexpr int kUsage = 2;
constexpr int kFault = 3;

constexpr const char* kFooter =
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

/// CLI11 prints help and complaints itself; its own exit codes are not ours.
int leave(const CLI::App& app, const CLI::ParseError& error) {
  const int code = app.exit(error);
  if (code != 0) return kUsage;
  return std::fflush(stdout) == 0 ? 0 : kFault;
}

}  // namespace

void Context::print(const Json& json_form, const std::string& text) const {
  const std::string output = json ? dump(json_form) : text;
  std::fwrite(output.data(), 1, output.size(), stdout);
}

std::unique_ptr<CLI::App> make_app(Context& context) {
  auto app = std::make_unique<CLI::App>(
      "Comity keeps the public record of claims, answers and commitments in cyberspace.", "comity");
  app->set_version_flag("--version", "comity " COMITY_VERSION, "Print the version and exit");
  app->add_flag("--json", context.json, "Print the result as one line of JSON");
  app->add_flag("--quiet", context.quiet, "Show no progress");
  app->add_option(
         "--passphrase-file", context.passphrases.file,
         "Read passphrases of key files from the first line of this file instead of asking")
      ->envname("COMITY_PASSPHRASE_FILE")
      ->type_name("FILE");
  app->fallthrough();
  app->require_subcommand(1);
  app->footer(kFooter);
  add_verbs(*app, context);
  return app;
}

int run(int argc, char** argv) {
  Context context;
  const auto app = make_app(context);
  try {
    app->parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return leave(*app, error);
  }
  errno = 0;
  const auto outcome = context.chosen();
  if (!outcome) return report(outcome.error(), context);
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
    return report(Fault{"The output can't be written", errno}, context);
  return static_cast<int>(*outcome);
}

}  // namespace comity::cli
