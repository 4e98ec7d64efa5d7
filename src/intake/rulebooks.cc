#include "intake/rulebooks.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/partial_date.h"
#include "intake/definitions.h"
#include "intake/fields.h"
#include "intake/stix_maker.h"

namespace comity::intake {
namespace {

/// A rulebook and the norms found for it so far.
struct Rulebook {
  Case made;
  std::optional<std::string> status;
  /// The official text: its symbol and date.
  std::string document;
  /// On which day and against which addresses the rulebook was checked.
  Json checked;
  std::vector<std::string> norm_ids;
};

/// Rulebooks in the order of the file, and where each stands by its id.
struct Rulebooks {
  std::vector<Rulebook> all;
  std::map<std::string, std::size_t, std::less<>> at;
};

/// No address means that nothing was found to check against.
Result<Json> read_checked(const Fields& fields) {
  COMITY_CHECK(fields.only({"on", "against"}));
  COMITY_TRY(const PartialDate day, fields.date("on"));
  COMITY_TRY(const auto against, fields.texts("against"));
  Json checked{{"on", day.text()}};
  if (!against.empty()) checked["against"] = against;
  return checked;
}

Result<Rulebooks> read_rulebooks(const Fields& file) {
  COMITY_TRY(const auto list, file.objects("rulebooks"));
  Rulebooks rulebooks;
  for (const Fields& fields : list) {
    COMITY_CHECK(fields.only({"id", "title", "status", "document", "checked"}));
    Rulebook rulebook;
    COMITY_TRY(rulebook.made.name, fields.text("id"));
    COMITY_TRY(rulebook.made.title, fields.text("title"));
    COMITY_TRY(rulebook.status, fields.optional_text("status"));
    if (rulebook.status && *rulebook.status != "agreed" && *rulebook.status != "proposed")
      return fields.refused("status", "there must be \"agreed\", \"proposed\" or no such member");
    COMITY_TRY(rulebook.document, fields.text("document"));
    COMITY_TRY(const Fields checked, fields.object("checked"));
    COMITY_TRY(rulebook.checked, read_checked(checked));
    if (!rulebooks.at.emplace(rulebook.made.name, rulebooks.all.size()).second)
      return fields.refused("id", "there must be a name that no rulebook before has");
    rulebooks.all.push_back(std::move(rulebook));
  }
  return rulebooks;
}

std::string norm_name(const std::string& id) { return "norm/" + id; }

Result<Json> norm_extension(const Fields& fields, const Rulebook& rulebook) {
  COMITY_TRY(const std::string ref, fields.text("ref"));
  COMITY_TRY(const std::string kind, fields.text("kind"));
  COMITY_TRY(const auto binds, fields.texts("binds"));
  if (binds.empty()) return fields.refused("binds", "there must be at least one name");
  COMITY_TRY(const Json* rule, fields.object_or_null("rule"));
  COMITY_TRY(const auto ask_for, fields.texts("ask_for"));
  COMITY_TRY(const std::string note, fields.any_text("note"));
  COMITY_TRY(const auto unsure, fields.optional_text("unsure"));

  Json meaning = extension("norm");
  meaning["rulebook"] = rulebook.made.name;
  meaning["ref"] = ref;
  if (rulebook.status) meaning["status"] = *rulebook.status;
  meaning["binds"] = binds;
  meaning["norm_kind"] = kind;
  if (rule->is_object()) meaning["rule"] = *rule;
  if (!ask_for.empty()) meaning["ask_for"] = ask_for;
  if (!note.empty()) meaning["note"] = note;
  if (unsure) meaning["unsure"] = *unsure;
  return meaning;
}

Result<std::string> norm(const StixMaker& maker, const Fields& fields, const Rulebook& rulebook,
                         const std::string& id) {
  COMITY_CHECK(fields.only(
      {"id", "rulebook", "ref", "title", "binds", "kind", "rule", "ask_for", "note", "unsure"}));
  COMITY_TRY(const std::string title, fields.text("title"));
  COMITY_TRY(Json meaning, norm_extension(fields, rulebook));
  Json object = maker.head("course-of-action", norm_name(id));
  object["name"] = id;
  object["description"] = title;
  object["external_references"] =
      Json::array({{{"source_name", "comity-norms"}, {"external_id", id}}});
  object["extensions"][kExtension] = std::move(meaning);
  return StixMaker::finish(std::move(object));
}

std::string grouping(const StixMaker& maker, const Rulebook& rulebook) {
  Json object = maker.head("grouping", "rulebook/" + rulebook.made.name);
  object["name"] = rulebook.made.title;
  object["context"] = "unspecified";
  object["object_refs"] = rulebook.norm_ids;
  Json meaning = extension("rulebook");
  meaning["rulebook"] = rulebook.made.name;
  if (rulebook.status) meaning["status"] = *rulebook.status;
  meaning["document"] = rulebook.document;
  meaning["checked"] = rulebook.checked;
  object["extensions"][kExtension] = std::move(meaning);
  return StixMaker::finish(std::move(object));
}

Result<void> read_norms(const StixMaker& maker, const Fields& file, Rulebooks& rulebooks) {
  COMITY_TRY(const auto norms, file.objects("norms"));
  std::set<std::string> seen;
  for (const Fields& fields : norms) {
    COMITY_TRY(const std::string id, fields.text("id"));
    if (!seen.insert(id).second)
      return fields.refused("id", "there must be a name that no norm before has");
    COMITY_TRY(const std::string name, fields.text("rulebook"));
    const auto found = rulebooks.at.find(name);
    if (found == rulebooks.at.end())
      return fields.refused("rulebook", "there must be a name that the list \"rulebooks\" has");
    Rulebook& rulebook = rulebooks.all[found->second];
    COMITY_TRY(std::string object, norm(maker, fields, rulebook, id));
    rulebook.made.objects.push_back(std::move(object));
    rulebook.norm_ids.push_back(maker.id("course-of-action", norm_name(id)));
  }
  return {};
}

}  // namespace

Result<std::vector<Case>> rulebooks(ByteView json, const Importer& importer) {
  COMITY_TRY(const StixMaker maker, StixMaker::of(importer));
  COMITY_TRY(const Json data, read_data(json));
  const Fields file(data, "");
  COMITY_CHECK(file.only({"version", "dsl", "facts", "output_levels", "never", "strength_rule",
                          "sets", "rulebooks", "norms"}));
  COMITY_TRY(Rulebooks read, read_rulebooks(file));
  COMITY_CHECK(read_norms(maker, file, read));
  std::vector<Case> cases;
  for (Rulebook& rulebook : read.all) {
    if (rulebook.norm_ids.empty())
      return file.refused("rulebooks", fmt::format("\"{}\" has no norm: add one or leave it out",
                                                   rulebook.made.name));
    rulebook.made.objects.push_back(grouping(maker, rulebook));
    cases.push_back(std::move(rulebook.made));
  }
  return cases;
}

}  // namespace comity::intake
