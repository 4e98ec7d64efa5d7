#include "intake/claims.h"

#include <fmt/format.h>

#include "intake/definitions.h"

namespace comity::intake {
namespace {

/// What attributions and responses have in common.
struct Claim {
  std::string by;
  std::string by_ref;
  PartialDate date;
  std::string basis;
  bool doubtful;
};

Result<Claim> read_claim(const ClaimContext& context, const Fields& fields) {
  COMITY_TRY(const std::string by, fields.text("by"));
  COMITY_TRY(const std::string by_ref, context.claimants.id_of(fields));
  COMITY_TRY(const PartialDate date, fields.date("date"));
  COMITY_TRY(const std::string basis, fields.text("basis"));
  if (basis != "data" && basis != "search")
    return fields.refused("basis",
                          "there must be \"data\" or \"search\": what was not checked "
                          "against a source is not published");
  COMITY_TRY(const bool doubtful, fields.mark("doubt"));
  return Claim{by, by_ref, date, basis, doubtful};
}

/// A claim that importers report is told from one that its author signed. ("by" alone would be too
/// short for a property of STIX: section 3.1 of STIX 2.1 asks for three letters.)
Json claim_extension(std::string_view kind, const Claim& claim) {
  Json object = extension(kind);
  object["scope"] = "reported";
  object["made_by"] = claim.by;
  object["made_by_ref"] = claim.by_ref;
  return object;
}

void add_basis(Json& object, const Claim& claim) {
  object["record_basis"] = claim.basis;
  if (claim.doubtful) object["doubtful"] = true;
}

void add_wording(Json& object, const std::string& wording) {
  object["wording"] = wording;
  object["wording_language"] = "en";
  object["wording_form"] = "paraphrase";
}

std::string note(const ClaimContext& context, std::string_view name, const std::string& content,
                 const Claim& claim, Json meaning) {
  Json object = context.maker.head("note", name);
  object["abstract"] = fmt::format("{}, {}", claim.by, claim.date.text());
  object["content"] = content;
  object["object_refs"] = Json::array({context.incident, claim.by_ref});
  object["extensions"][kExtension] = std::move(meaning);
  return StixMaker::finish(std::move(object));
}

std::string reply(const ClaimContext& context, std::string_view name, const std::string& detail,
                  const Claim& claim) {
  Json meaning = claim_extension("reply", claim);
  meaning["reply_type"] = "denial";
  meaning["date"] = to_json(claim.date);
  if (!detail.empty()) add_wording(meaning, detail);
  add_basis(meaning, claim);
  const std::string content = fmt::format("Reply reported of {}: denial{}{}", claim.by,
                                          detail.empty() ? "." : ": ", detail);
  return note(context, name, content, claim, std::move(meaning));
}

std::vector<std::string> course_of_action(const ClaimContext& context, std::string_view name,
                                          const std::string& type, const std::string& detail,
                                          const Claim& claim) {
  Json object = context.maker.head("course-of-action", name);
  object["name"] = fmt::format("{}: {} ({})", claim.by, type, claim.date.text());
  if (!detail.empty()) object["description"] = detail;
  Json meaning = claim_extension("response", claim);
  meaning["response_type"] = type;
  meaning["taken_at"] = to_json(claim.date);
  add_basis(meaning, claim);
  object["extensions"][kExtension] = std::move(meaning);
  const std::string id = context.maker.id("course-of-action", name);
  return {StixMaker::finish(std::move(object)),
          context.maker.relationship(fmt::format("{}/related-to", name), id, "related-to",
                                     context.incident)};
}

Result<std::string> identity(const StixMaker& maker, const Fields& fields, const std::string& by) {
  COMITY_CHECK(fields.only({"by", "group", "class", "country", "controller"}));
  COMITY_TRY(const std::string identity_class, fields.text("class"));
  COMITY_TRY(const auto group, fields.optional_text("group"));
  COMITY_TRY(const auto country, fields.optional_text("country"));
  COMITY_TRY(const auto controller, fields.optional_text("controller"));

  Json object = maker.head("identity", "landmark/claimant/" + by);
  object["name"] = by;
  object["identity_class"] = identity_class;
  if (group) object["labels"] = Json::array({"comity:" + *group});
  Json meaning = extension("claimant");
  if (group) meaning["group"] = *group;
  if (country) meaning["country"] = *country;
  if (controller) {
    meaning["controller"] = *controller;
    meaning["controller_ref"] = maker.id("identity", "landmark/claimant/" + *controller);
  }
  object["extensions"][kExtension] = std::move(meaning);
  return StixMaker::finish(std::move(object));
}

}  // namespace

Result<Claimants> Claimants::read(const Fields& file, const StixMaker& maker) {
  Claimants claimants;
  COMITY_TRY(const auto all, file.objects("claimants"));
  for (const Fields& fields : all) {
    COMITY_TRY(const std::string by, fields.text("by"));
    const auto [at, added] =
        claimants.ids_.emplace(by, maker.id("identity", "landmark/claimant/" + by));
    if (!added) return fields.refused("by", "there must be a name that no claimant before has");
    COMITY_TRY(std::string object, identity(maker, fields, by));
    claimants.objects_.push_back(std::move(object));
  }
  for (const Fields& fields : all) {
    COMITY_TRY(const auto controller, fields.optional_text("controller"));
    if (controller && !claimants.ids_.contains(*controller))
      return fields.refused("controller", "there must be the name of another claimant");
  }
  return claimants;
}

Result<std::string> Claimants::id_of(const Fields& claim) const {
  COMITY_TRY(const std::string by, claim.text("by"));
  const auto found = ids_.find(by);
  if (found == ids_.end())
    return claim.refused("by", "there must be a name that the list \"claimants\" has");
  return found->second;
}

Result<std::vector<std::string>> attribution(const ClaimContext& context, const Fields& fields) {
  COMITY_CHECK(fields.only({"by", "kind", "date", "says", "basis", "doubt"}));
  COMITY_TRY(const Claim claim, read_claim(context, fields));
  COMITY_TRY(const std::string kind, fields.text("kind"));
  COMITY_TRY(const std::string says, fields.text("says"));

  Json meaning = claim_extension("attribution", claim);
  meaning["claimant_kind"] = kind;
  meaning["date"] = to_json(claim.date);
  meaning["statement_type"] = kind == "self" ? "self_claim" : "not_stated";
  add_wording(meaning, says);
  add_basis(meaning, claim);
  const std::string name =
      fmt::format("{}/attribution/{}/{}", context.name, claim.by, claim.date.text());
  const std::string content = fmt::format("Claim reported of {}: {}", claim.by, says);
  return std::vector<std::string>{note(context, name, content, claim, std::move(meaning))};
}

Result<std::vector<std::string>> response(const ClaimContext& context, const Fields& fields) {
  COMITY_CHECK(fields.only({"by", "type", "date", "detail", "basis", "doubt"}));
  COMITY_TRY(const Claim claim, read_claim(context, fields));
  COMITY_TRY(const std::string type, fields.text("type"));
  COMITY_TRY(const std::string detail, fields.any_text("detail"));
  const std::string name =
      fmt::format("{}/response/{}/{}/{}", context.name, claim.by, type, claim.date.text());
  if (type == "denial") return std::vector<std::string>{reply(context, name, detail, claim)};
  return course_of_action(context, name, type, detail, claim);
}

}  // namespace comity::intake
