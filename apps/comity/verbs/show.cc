#include "verbs/show.h"

#include "filing/stix_id.h"
#include "log/log_time.h"

#include "keys.h"
#include "object_text.h"
#include "text.h"
#include "verbs/verbs.h"

namespace comity::cli {
namespace {

constexpr const char* kFooter =
    "WHAT is an entry's number, a party's id or a key's kid, or an object: its STIX id, its name "
    "in\n"
    "another list (notpetya, UN-13a) or its name. Without WHAT the registry is summed up. The "
    "whole\n"
    "log is read for it, so it takes long on a large one; search comes with the record.\n"
    "\n"
    "Examples:\n"
    "  comity show registry\n"
    "  comity show registry notpetya\n"
    "  comity show registry 17\n"
    "  comity show registry identity--0c5e3b8a-6d3f-4b52-9c1e-5d1f6a2b7c90\n"
    "  comity show registry incident--57543186-b5ef-5269-a927-0364aa6b41b5 --raw";

struct Counts {
  std::uint64_t filings = 0;
  std::uint64_t controls = 0;
  std::uint64_t public_items = 0;
  std::uint64_t hidden_items = 0;
  std::map<std::string, std::uint64_t> types;
  std::map<std::string, std::uint64_t> by_party;
};

Result<Counts> count_all(const ReadRegistry& registry) {
  Counts counts;
  COMITY_CHECK(walk(registry, {}, [&](const WalkedEntry& entry) -> Result<Walk> {
    ++(entry.control ? counts.controls : counts.filings);
    if (!entry.control) ++counts.by_party[std::string(entry.statement.issuer)];
    for (const auto& item : entry.items) {
      ++(item.item.hidden() ? counts.hidden_items : counts.public_items);
      if (!item.item.hidden())
        ++counts.types[std::string(item.item.id.substr(0, item.item.id.find("--")))];
    }
    return Walk::on;
  }));
  return counts;
}

Result<Outcome> show_summary(const ReadRegistry& registry, const Context& context) {
  COMITY_TRY(const auto counts, count_all(registry));
  COMITY_TRY(const auto time, log::log_time(registry.log_reader()));
  Json types = Json::object();
  std::vector<std::string> words;
  for (const auto& [type, n] : counts.types) {
    types[type] = n;
    words.push_back(type + " " + grouped(n));
  }
  Facts facts;
  facts.add("origin", registry.trust.origin)
      .add("registrar", registry.trust.registrar)
      .add("size", counted(registry.size(), "entry", "entries") + ": " +
                       counted(counts.filings, "filing", "filings") + ", " +
                       counted(counts.controls, "control", "controls"))
      .add("time", to_rfc3339(time))
      .add("root", to_base64(registry.head().root.view()))
      .add("filed by", counted(counts.by_party.size(), "party", "parties"))
      .add("objects",
           grouped(counts.public_items) + " public, " + grouped(counts.hidden_items) + " hidden")
      .add("of types", joined(words));
  context.print({{"origin", registry.trust.origin},
                 {"registrar", registry.trust.registrar},
                 {"vkey", crypto::print(registry.trust.log)},
                 {"size", registry.size()},
                 {"root", to_base64(registry.head().root.view())},
                 {"time", to_rfc3339(time)},
                 {"filings", counts.filings},
                 {"controls", counts.controls},
                 {"filing_parties", counts.by_party.size()},
                 {"public_objects", counts.public_items},
                 {"hidden_objects", counts.hidden_items},
                 {"types", std::move(types)}},
                facts.text());
  return Outcome::ok;
}

Result<Outcome> show_object(const ReadRegistry& registry, const ShowOptions& options,
                            const Context& context) {
  COMITY_TRY(const auto story, find_story(registry, options.what));
  if (options.raw || options.pretty) {
    const RecordedObject& object = story.current();
    if (object.json.is_null())
      return refuse("content-not-shown",
                    "The object is erased or on hold, so its bytes are not shown.");
    const std::string text =
        options.pretty ? object.json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"
                       : object.bytes;
    std::fwrite(text.data(), 1, text.size(), stdout);
    return Outcome::ok;
  }
  context.print(object_json(story), object_text(story, registry));
  return Outcome::ok;
}

Result<Outcome> show(const ShowOptions& options, Context& context) {
  COMITY_TRY(const auto registry, read_registry(options.directory));
  if (options.what.empty()) return show_summary(registry, context);
  if (is_whole_number(options.what))
    return show_entry(registry, std::stoull(options.what), context);
  if (!options.raw && !options.pretty) {
    const auto party = show_party(registry, options.what, context);
    COMITY_TRY(const bool shown, party);
    if (shown) return Outcome::ok;
  }
  return show_object(registry, options, context);
}

}  // namespace

void add_show(CLI::App& app, Context& context) {
  auto options = std::make_shared<ShowOptions>();
  auto& verb = *app.add_subcommand("show", "Show the registry, an entry, a party or an object");
  verb.group("Reading and checking");
  verb.footer(kFooter);
  add_registry(verb, options->directory);
  verb.add_option("WHAT", options->what, "An entry, party, key or object; without it, a summary")
      ->type_name("");
  auto* raw = verb.add_flag("--raw", options->raw, "Print the object's bytes as they were filed");
  verb.add_flag("--pretty", options->pretty, "Print the object as indented JSON")->excludes(raw);
  run_when_named(verb, context, options, show);
}

}  // namespace comity::cli
