#include "intake/eurepoc_attribution.h"

#include <fmt/format.h>

#include "intake/bodies.h"
#include "intake/cell_text.h"
#include "intake/coded_date.h"
#include "intake/definitions.h"
#include "intake/eurepoc_codes.h"

namespace comity::intake {
namespace {

std::string joined(const std::vector<std::string>& texts) {
  return fmt::format("{}", fmt::join(texts, ", "));
}

/// "Microsoft, 2021-03-02", for a list of claims.
std::string abstract_of(const EurepocClaim& claim, const std::string& unnamed) {
  std::string who = joined(claim.claimants.list());
  if (who.empty()) who = unnamed.empty() ? "Claimant not named" : unnamed;
  const CodedDate date =
      claim.dates.size() == 1 ? coded_date(*claim.dates.begin()) : CodedDate{std::nullopt, ""};
  return fmt::format("{}, {}", who, date.date ? date.date->text() : "undated");
}

/// A sentence of ours made of the same values that stand in the extension.
std::string content_of(const EurepocClaim& claim, const std::string& unnamed) {
  std::string text =
      fmt::format("Attribution {} as reported by {}.", claim.rows->record, kEurepocSource);
  const auto add = [&text](std::string_view what, const std::string& value) {
    if (!value.empty()) text += fmt::format(" {}: {}.", what, value);
  };
  const auto list = [](const std::set<std::string>& values) {
    return fmt::format("{}", fmt::join(values, "; "));
  };
  add("Claimant", claim.claimants.list().empty() ? unnamed : joined(claim.claimants.list()));
  add("Country of the claimant", joined(claim.countries.list()));
  add("Basis", list(claim.bases));
  add("Form", list(claim.types));
  add("Named as initiator", joined(claim.actors.list()));
  add("Country of the initiator", joined(claim.initiator_countries.list()));
  add("Category of the initiator", list(claim.categories));
  return text;
}

std::string_view statement_type(const EurepocClaim& claim) {
  const std::string_view type =
      claim.types.size() == 1 ? eurepoc_statement_type(*claim.types.begin()) : "";
  if (!type.empty()) return type;
  return claim.claimant_kind() == "self" ? "self_claim" : "not_stated";
}

void add_claimants(Json& meaning, const EurepocNames& names, const EurepocClaim& claim,
                   TextsOnce& refs) {
  const std::string state = claim.unnamed_state();
  Json list = Json::array();
  const auto add = [&list, &refs](const std::string& name, const std::string& ref) {
    Json one{{"name", name}};
    if (!ref.empty()) {
      one["ref"] = ref;
      refs.add(ref);
    }
    list.push_back(std::move(one));
  };
  for (const std::string& name : claim.claimants.list()) add(name, names.claimant(name));
  if (!state.empty())
    add(fmt::format("State entity (unnamed), {}", Places::known().country_name(state)),
        names.unnamed_state(state));
  if (list.size() == 1) {
    meaning["made_by"] = list[0]["name"];
    if (list[0].contains("ref")) meaning["made_by_ref"] = list[0]["ref"];
  }
  if (!list.empty()) meaning["claimants"] = std::move(list);
  if (!claim.countries.list().empty()) meaning["claimant_countries"] = claim.countries.list();
  if (const auto kind = claim.claimant_kind(); !kind.empty()) meaning["claimant_kind"] = kind;
  if (claim.bases.contains("Contested attribution")) meaning["contested"] = true;
}

void add_initiators(Json& meaning, const EurepocNames& names, const EurepocClaim& claim,
                    TextsOnce& refs) {
  for (const std::string& name : claim.actors.list()) {
    Json one{{"name", name}};
    if (const std::string ref = names.actor(name); !ref.empty()) {
      one["ref"] = ref;
      refs.add(ref);
    }
    meaning["actors"].push_back(std::move(one));
  }
  const int strength =
      claim.categories.size() == 1 ? eurepoc_strength(*claim.categories.begin()) : 0;
  if (strength > 0 && claim.initiator_countries.list().size() == 1 && !claim.country_unknown) {
    meaning["state"] = claim.initiator_countries.list().front();
    meaning["strength"] = strength;
  }
  if (!claim.initiator_countries.list().empty())
    meaning["initiator_countries"] = claim.initiator_countries.list();
  if (!claim.initiator_kinds.list().empty())
    meaning["initiator_categories"] = claim.initiator_kinds.list();
}

void add_date(Json& meaning, const EurepocClaim& claim, Doubts& doubts) {
  if (claim.dates.size() != 1) return;
  const CodedDate date = coded_date(*claim.dates.begin());
  if (date.date) meaning["date"] = to_json(*date.date);
  if (date.doubt.empty() || date.doubt == "missing") return;
  meaning["date_doubts"] = Json::array({date.doubt});
  doubts.add(fmt::format("attribution_{}", date.doubt), claim.rows->record);
}

}  // namespace

Result<void> make_eurepoc_attribution(const EurepocMaker& with, const EurepocNames& names,
                                      const EurepocClaim& claim, const std::string& incident,
                                      bool repeated_number) {
  Json meaning = extension("attribution");
  meaning["scope"] = "reported";
  TextsOnce refs;
  refs.add(with.maker.id("incident", incident));
  add_claimants(meaning, names, claim, refs);
  add_date(meaning, claim, with.doubts);
  meaning["statement_type"] = statement_type(claim);
  add_initiators(meaning, names, claim, refs);
  meaning["wording_form"] = "not_given";
  meaning["record_basis"] = "data";
  Json coding = eurepoc_coding(claim.rows->record);
  coding["incident"] = claim.rows->incident;
  meaning["coding"] = std::move(coding);
  meaning["rows"] = eurepoc_attribution_rows(claim.rows->rows);

  const std::string state = claim.unnamed_state();
  const std::string unnamed =
      state.empty() ? state : "State entity of " + Places::known().country_name(state);
  Json object = with.maker.head("note", repeated_number
                                            ? fmt::format("eurepoc/attribution/{}/{}",
                                                          claim.rows->record, claim.rows->incident)
                                            : "eurepoc/attribution/" + claim.rows->record);
  object["abstract"] = abstract_of(claim, unnamed);
  object["content"] = content_of(claim, unnamed);
  object["external_references"] =
      Json::array({{{"source_name", kEurepocSource}, {"external_id", claim.rows->record}}});
  object["object_refs"] = refs.list();
  object["extensions"][kExtension] = std::move(meaning);
  COMITY_TRY(std::string text, finish_bounded(std::move(object), claim.rows->record));
  with.objects.push_back(std::move(text));
  return {};
}

}  // namespace comity::intake
