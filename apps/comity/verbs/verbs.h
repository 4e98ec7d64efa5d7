#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "command_line.h"
#include "context.h"
#include "query/as_of.h"

namespace comity::cli {

/// Adds every verb, in the order of the help; the one that the command line names sets
/// `context.chosen`. The context must outlive the app.
void add_verbs(Verb app, Context& context);

void add_init(Verb app, Context& context);
void add_key(Verb app, Context& context);
void add_party(Verb app, Context& context);
void add_file(Verb app, Context& context);
void add_import(Verb app, Context& context);
void add_item(Verb app, Context& context);
void add_show(Verb app, Context& context);
void add_search(Verb app, Context& context);
void add_stats(Verb app, Context& context);
void add_export(Verb app, Context& context);
void add_prove(Verb app, Context& context);
void add_verify(Verb app, Context& context);
void add_validate(Verb app, Context& context);
void add_audit(Verb app, Context& context);
void add_doctor(Verb app, Context& context);
void add_rebuild(Verb app, Context& context);
void add_serve(Verb app, Context& context);
void add_token(Verb app, Context& context);
void add_completion(Verb app, Context& context);
void add_manual(Verb app, Context& context);

/// Has `run` be what the command line chose when it names `verb`. The options live as long as the
/// verb; CLI11 has filled them when `run` is called. The context must outlive the verb.
template <class Options>
void run_when_named(Verb verb, Context& context, std::shared_ptr<Options> options,
                    Result<Outcome> (*run)(const Options&, Context&)) {
  verb.callback([&context, options = std::move(options), run] {
    context.chosen = [&context, options, run] { return run(*options, context); };
  });
}

// Options that several verbs have.

/// The positional REGISTRY: a registry's directory.
void add_registry(Verb verb, std::string& directory);
/// --to URL: a verb that files sends to the server there.
Option add_to(Verb verb, std::string& url);
/// The positional of a DIR, FILE and the like, required.
Option add_positional(Verb verb, const std::string& name, std::string& value,
                      const std::string& description);
/// --NAME of that type.
Option add_named(Verb verb, const std::string& flag, std::string& value, const std::string& type,
                 const std::string& description);
/// Of an index or a size: digits alone, where CLI11 would take -1 for the largest number.
[[nodiscard]] CheckValue whole_number();
/// --as-of SIZE|DATE: which state of the record is meant; the newest where it isn't given. The
/// value must live as long as the verb; `query::Snapshot::size_at` says which size that is.
Option add_as_of(Verb verb, query::AsOf& as_of);
/// One of the six groups of parties.
Option add_group(Verb verb, std::string& value);

}  // namespace comity::cli
