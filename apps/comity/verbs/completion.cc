#include "app.h"
#include "command_tree.h"
#include "verbs/verbs.h"

namespace comity::cli {
namespace {

struct CompletionOptions {
  std::string shell;
};

constexpr const char* kCompletionFooter =
    "Examples:\n"
    "  comity completion bash >/etc/bash_completion.d/comity\n"
    "  comity completion zsh >/usr/local/share/zsh/site-functions/_comity\n"
    "  comity completion fish >~/.config/fish/completions/comity.fish";

Result<Outcome> completion(const CompletionOptions& options, Context& context) {
  const Command root = command_line();
  const std::string script = options.shell == "bash"  ? bash_completion(root)
                             : options.shell == "zsh" ? zsh_completion(root)
                                                      : fish_completion(root);
  context.print({{"shell", options.shell}, {"script", script}}, script);
  return Outcome::ok;
}

}  // namespace

void add_completion(Verb app, Context& context) {
  auto options = std::make_shared<CompletionOptions>();
  const auto verb = app.add_subcommand("completion", "Print the completion script of a shell");
  verb.group("The program");
  verb.footer(kCompletionFooter);
  add_positional(verb, "SHELL", options->shell, "Which shell").is_member({"bash", "zsh", "fish"});
  run_when_named(verb, context, options, completion);
}

}  // namespace comity::cli
