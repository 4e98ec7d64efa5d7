#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include <CLI/CLI.hpp>

#include "context.h"
#include "query/as_of.h"

namespace comity::cli {

/// Adds every verb, in the order of the help; the one that the command line names sets
/// `context.chosen`. The context must outlive the app.
void add_verbs(CLI::App& app, Context& context);

void add_init(CLI::App& app, Context& context);
void add_key(CLI::App& app, Context& context);
void add_party(CLI::App& app, Context& context);
void add_file(CLI::App& app, Context& context);
void add_import(CLI::App& app, Context& context);
void add_item(CLI::App& app, Context& context);
void add_show(CLI::App& app, Context& context);
void add_search(CLI::App& app, Context& context);
void add_stats(CLI::App& app, Context& context);
void add_export(CLI::App& app, Context& context);
void add_prove(CLI::App& app, Context& context);
void add_verify(CLI::App& app, Context& context);
void add_validate(CLI::App& app, Context& context);
void add_audit(CLI::App& app, Context& context);
void add_doctor(CLI::App& app, Context& context);
void add_rebuild(CLI::App& app, Context& context);
void add_serve(CLI::App& app, Context& context);
void add_token(CLI::App& app, Context& context);
void add_completion(CLI::App& app, Context& context);
void add_manual(CLI::App& app, Context& context);

/// Has `run` be what the command line chose when it names `verb`. The options live as long as the
/// verb; CLI11 has filled them when `run` is called. The context must outlive the verb.
template <class Options>
void run_when_named(CLI::App& verb, Context& context, std::shared_ptr<Options> options,
                    Result<Outcome> (*run)(const Options&, Context&)) {
  verb.callback([&context, options = std::move(options), run] {
    context.chosen = [&context, options, run] { return run(*options, context); };
  });
}

// Options that several verbs have.

/// The positional REGISTRY: a registry's directory.
void add_registry(CLI::App& verb, std::string& directory);
/// --to URL: a verb that files sends to the server there.
CLI::Option* add_to(CLI::App& verb, std::string& url);
/// The positional of a DIR, FILE and the like, required.
CLI::Option* add_positional(CLI::App& verb, const std::string& name, std::string& value,
                            const std::string& description);
/// --NAME of that type.
CLI::Option* add_named(CLI::App& verb, const std::string& flag, std::string& value,
                       const std::string& type, const std::string& description);
/// Of an index or a size: digits alone, where CLI11 would take -1 for the largest number.
[[nodiscard]] CLI::Validator whole_number();
/// --as-of SIZE|DATE: which state of the record is meant; the newest where it isn't given. The
/// value must live as long as the verb; `query::Snapshot::size_at` says which size that is.
CLI::Option* add_as_of(CLI::App& verb, query::AsOf& as_of);
/// One of the six groups of parties.
CLI::Option* add_group(CLI::App& verb, std::string& value);

}  // namespace comity::cli
