#include "verbs/show.h"

#include <cstdio>

#include "object_text.h"
#include "query/summary.h"
#include "query/summary_json.h"
#include "text.h"
#include "verbs/verbs.h"

namespace comity::cli {
namespace {

constexpr const char* kShowFooter =
    "WHAT is an entry's number, a party's id or a key's kid, or an object: its STIX id, its name "
    "in\n"
    "another list (notpetya, UN-13a), its name or an alias. Names are compared without regard to\n"
    "case, spaces and signs; where none fits, names nearby are offered. Without WHAT the registry "
    "is\n"
    "summed up.\n"
    "\n"
    "Examples:\n"
    "  comity show registry\n"
    "  comity show registry notpetya\n"
    "  comity show registry notpetya --as-of 2026-03\n"
    "  comity show registry 17\n"
    "  comity show registry identity--0c5e3b8a-6d3f-4b52-9c1e-5d1f6a2b7c90\n"
    "  comity show registry incident--57543186-b5ef-5269-a927-0364aa6b41b5 --raw";

Result<Outcome> show_summary(const RecordAt& at, const Context& context) {
  COMITY_TRY(const auto summary, query::summarize(at.snapshot(), at.size));
  const auto& registry = at.registry;
  std::vector<std::string> words;
  words.reserve(summary.kinds.size());
  for (const auto& [kind, n] : summary.kinds) words.push_back(kind + " " + grouped(n));
  Facts facts;
  facts.add("origin", registry.trust.origin)
      .add("registrar", registry.trust.registrar)
      .add("size",
           counted(at.size, "entry", "entries") + ": " +
               counted(summary.filings, "filing", "filings") + ", " +
               counted(summary.controls, "control", "controls") +
               (summary.void_entries > 0 ? ", " + grouped(summary.void_entries) + " void" : ""))
      .add("time", to_rfc3339(summary.time));
  if (summary.root) facts.add("root", to_base64(summary.root->view()));
  facts
      .add("parties", grouped(summary.parties) + " admitted, " + grouped(summary.filing_parties) +
                          " have filed")
      .add("versions", grouped(summary.versions) + " public, " + grouped(summary.hidden) +
                           " hidden, " + grouped(summary.erased) + " erased")
      .add("objects", printable(joined(words)));
  const query::RegistryNames names{.origin = registry.trust.origin,
                                   .registrar = registry.trust.registrar,
                                   .vkey = crypto::print(registry.trust.log)};
  context.print(query::summary_json(names, at.size, summary), facts.text());
  return Outcome::ok;
}

Result<Outcome> show_object(RecordAt& at, const ShowOptions& options, const Context& context) {
  COMITY_TRY(const auto story, find_story(at, options.what));
  if (options.raw || options.pretty) {
    const ReadObject& object = story.current;
    if (object.json.is_null())
      return refuse("content-not-shown",
                    "The object is erased or on hold, so its bytes are not shown.");
    const std::string text =
        options.pretty ? object.json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"
                       : object.bytes;
    std::fwrite(text.data(), 1, text.size(), stdout);
    return Outcome::ok;
  }
  if (context.json) {
    COMITY_TRY(const auto json, query::story_json(at, story));
    context.print(json, "");
  } else {
    COMITY_TRY(const auto text, object_text(at, story));
    context.print({}, text);
  }
  return Outcome::ok;
}

Result<Outcome> show(const ShowOptions& options, Context& context) {
  COMITY_TRY(auto at, RecordAt::open(options.directory, options.as_of, context));
  if (options.what.empty()) return show_summary(at, context);
  if (is_whole_number(options.what)) return show_entry(at, std::stoull(options.what), context);
  if (!options.raw && !options.pretty) {
    COMITY_TRY(const bool shown, show_party(at, options.what, context));
    if (shown) return Outcome::ok;
  }
  return show_object(at, options, context);
}

}  // namespace

void add_show(Verb app, Context& context) {
  auto options = std::make_shared<ShowOptions>();
  const auto verb = app.add_subcommand("show", "Show the registry, an entry, a party or an object");
  verb.group("Reading and checking");
  verb.footer(kShowFooter);
  add_registry(verb, options->directory);
  verb.add_option("WHAT", options->what, "An entry, party, key or object; without it, a summary")
      .type_name("");
  const auto raw =
      verb.add_flag("--raw", options->raw, "Print the object's bytes as they were filed");
  verb.add_flag("--pretty", options->pretty, "Print the object as indented JSON").excludes(raw);
  add_as_of(verb, options->as_of);
  run_when_named(verb, context, options, show);
}

}  // namespace comity::cli
