#include "verbs/search.h"

#include "intake/places.h"

#include "query/search.h"
#include "query/search_json.h"
#include "record_directory.h"
#include "registry_directory.h"
#include "text.h"
#include "verbs/verbs.h"

namespace comity::cli {
namespace {

constexpr const char* kSearchFooter =
    "Words find names and running text of incidents, and the claims about them. Case, accents and\n"
    "spaces in names don't matter (notpetya, \"Not Petya\"), an actor is found under all of its\n"
    "names (apt28, \"Fancy Bear\"), and ransom* finds what begins so. An incident that is dated "
    "to\n"
    "a year or a month is within --from and --to where it may have begun there; --surely leaves "
    "out\n"
    "what may not. docs/searching.md says more.\n"
    "\n"
    "Examples:\n"
    "  comity search registry not petya\n"
    "  comity search registry 'fancy bear' --country Germany --facets\n"
    "  comity search registry --sector health --from 2020 --to 2021-06 --response found\n"
    "  comity search registry --claimant Microsoft --kind claims\n"
    "  comity search registry --as-of 2026-03-31 --source EuRepoC\n"
    "  comity --json search registry ransomware | jq '.hits[].id'";

/// "united states" as the table of places writes it.
std::string with_capitals(std::string name) {
  bool begins = true;
  for (char& c : name) {
    if (begins && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    begins = c == ' ';
  }
  return name;
}

/// The codes of countries that are named or coded.
Result<std::vector<std::string>> country_codes(const std::vector<std::string>& named) {
  std::vector<std::string> codes;
  for (const std::string& name : named) {
    const auto& places = intake::Places::known();
    const auto* place = places.find(name);
    if (place == nullptr) place = places.find(with_capitals(name));
    std::string code = name;
    for (char& c : code)
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (place != nullptr && place->kind == intake::Place::Kind::kCountry)
      code = place->code;
    else if (places.country_name(code) == code)
      return refuse("country-unknown", "There is no country " + name +
                                           "; write its code (DE) or its English name (Germany).");
    codes.push_back(std::move(code));
  }
  return codes;
}

Result<std::optional<PartialDate>> date_of(const std::string& text) {
  if (text.empty()) return std::nullopt;
  COMITY_TRY(const auto date, PartialDate::parse(text));
  return std::optional(date);
}

Result<query::SearchRequest> request_of(const SearchOptions& options) {
  query::SearchRequest request{.words = joined(options.words, " "),
                               .filters = options.filters,
                               .as_of = options.as_of,
                               .after = options.after,
                               .limit = options.limit,
                               .facets = options.facets};
  if (options.kind == "actors") request.kind = query::SearchKind::actors;
  if (options.kind == "claims") request.kind = query::SearchKind::claims;
  if (options.order == "date") request.order = query::SearchOrder::date;
  if (options.order == "filed") request.order = query::SearchOrder::filed;
  COMITY_TRY(request.filters.dates.from, date_of(options.from));
  COMITY_TRY(request.filters.dates.to, date_of(options.to));
  if (options.surely) request.filters.dates.certainty = query::Certainty::must_have;
  COMITY_TRY(request.filters.countries, country_codes(options.filters.countries));
  return request;
}

Result<Outcome> search(const SearchOptions& options, Context& context) {
  COMITY_TRY(const auto request, request_of(options));
  COMITY_TRY(const auto registry, read_registry(options.directory));
  COMITY_TRY(const auto record, read_record(registry, context));
  COMITY_TRY(const auto page, query::search(record.snapshot, request));
  std::vector<std::string> near;
  if (page.count == 0 && !request.words.empty()) {
    COMITY_TRY(near, query::near_words(record.snapshot, request.kind, request.words));
  }
  context.print(query::search_json(page, near), search_text(page, options, near));
  return Outcome::ok;
}

void add_filters(Verb verb, SearchOptions& options) {
  const auto codes = [verb](const char* flag, std::vector<std::string>& values, const char* type,
                            const char* description) {
    verb.add_option(flag, values, description).type_name(type).group("Filters").one_value_each();
  };
  const auto text = [verb](const char* flag, std::string& value, const char* type,
                           const char* description) {
    return add_named(verb, flag, value, type, description).group("Filters");
  };
  codes("--country", options.filters.countries, "COUNTRY",
        "Of victims there, by code or English name; all that are given");
  codes("--sector", options.filters.sectors, "SECTOR", "Of victims in that sector");
  codes("--effect", options.filters.effects, "EFFECT", "With that effect");
  codes("--technique", options.filters.techniques, "TECHNIQUE", "By that technique");
  text("--actor", options.filters.actor, "NAME",
       "That claims name, by any of its names or its STIX id");
  text("--claimant", options.filters.claimant, "NAME", "With a claim by that body");
  text("--response", options.filters.response, "STATE", "Whether responses were sought and found")
      .is_member({"not_searched", "searched_none_found", "found"});
  text("--filed-by", options.filters.filed_by, "PARTY", "Filed by that party");
  text("--source", options.filters.source, "NAME", "Of a data set whose name begins so");
  text("--from", options.from, "DATE", "Begun then or later: YYYY, YYYY-MM or YYYY-MM-DD");
  text("--to", options.to, "DATE", "Begun then or earlier");
  verb.add_flag("--surely", options.surely, "Only what must have begun then, not what may have")
      .group("Filters");
}

}  // namespace

void add_search(Verb app, Context& context) {
  auto options = std::make_shared<SearchOptions>();
  const auto verb = app.add_subcommand("search", "Search incidents, actors and claims");
  verb.group("Reading and checking");
  verb.footer(kSearchFooter);
  add_registry(verb, options->directory);
  verb.add_option("WORDS", options->words,
                  "What to look for; without it, all that the filters let "
                  "through")
      .type_name("");
  verb.add_option("--kind", options->kind, "What is sought")
      .type_name("KIND")
      .is_member({"incidents", "actors", "claims"})
      .capture_default_str();
  add_filters(verb, *options);
  verb.add_option("--sort", options->order,
                  "The order: best first (by date where there are no words), the latest, the last "
                  "filed")
      .type_name("ORDER")
      .is_member({"best", "date", "filed"})
      .capture_default_str();
  verb.add_flag("--facets", options->facets, "Count what is found by country, sector and the like");
  add_as_of(verb, options->as_of).each([options = options.get()](const std::string& text) {
    options->as_of_text = text;
  });
  verb.add_option("--limit", options->limit, "Hits to print, 1 to 1000")
      .type_name("N")
      .check(whole_number())
      .capture_default_str();
  add_named(verb, "--after", options->after, "CURSOR", "The page behind it, as the last one says");
  run_when_named(verb, context, options, search);
}

}  // namespace comity::cli
