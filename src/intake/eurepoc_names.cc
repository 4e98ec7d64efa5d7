#include "intake/eurepoc_names.h"

#include <algorithm>

#include <fmt/format.h>

#include "intake/bodies.h"
#include "intake/cell_text.h"
#include "intake/definitions.h"
#include "intake/eurepoc_codes.h"
#include "intake/places.h"

namespace comity::intake {
namespace {

/// A name as it is carried, without what stands beside it in brackets or as its superior.
std::string_view head_of(std::string_view name) {
  name = name.substr(0, std::min(name.find(" <"), name.find(" -->")));
  if (const auto bracket = name.find(" ("); bracket != name.npos) name = name.substr(0, bracket);
  return stripped(name);
}

/// "group", "country" and the like of somebody in the extension.
Json described(const StixMaker& maker, const std::string& id_name, const std::string& name,
               const std::string& group, const std::string& country) {
  Json object = maker.head("identity", id_name);
  object["name"] = name;
  object["identity_class"] = "organization";
  if (!group.empty()) object["labels"] = Json::array({"comity:" + group});
  Json meaning = extension("claimant");
  meaning["scope"] = "reported";
  meaning["record_basis"] = "data";
  if (!group.empty()) meaning["group"] = group;
  if (!country.empty()) meaning["country"] = country;
  object["extensions"][kExtension] = std::move(meaning);
  return object;
}

/// A cluster that somebody tracks by a number, a body that is always coded as a state's, or any
/// other actor.
std::string_view actor_type(const std::vector<std::string_view>& aliases,
                            const std::set<std::string>& categories) {
  const Bodies& bodies = Bodies::known();
  if (std::ranges::any_of(aliases, [&](auto name) { return bodies.is_designation(name); }))
    return "intrusion-set";
  return categories.size() == 1 && *categories.begin() == "State" ? "identity" : "threat-actor";
}

/// An actor whom records name by the head, its aliases. REQUIRES: there is one at least.
Json described_actor(Json object, std::string_view head,
                     const std::vector<std::string_view>& aliases) {
  const bool is_identity = object["type"] == "identity";
  object["name"] = aliases.front();
  if (is_identity) object["identity_class"] = "organization";
  Json meaning = extension("actor");
  meaning["scope"] = "reported";
  meaning["record_basis"] = "data";
  // An identity of STIX 2.1 has no aliases of its own.
  if (aliases.size() > 1)
    (is_identity ? meaning : object)["aliases"] =
        std::vector<std::string_view>(aliases.begin() + 1, aliases.end());
  object["external_references"] =
      Json::array({{{"source_name", kEurepocSource}, {"description", head}}});
  object["extensions"][kExtension] = std::move(meaning);
  return object;
}

}  // namespace

EurepocNames::EurepocNames(const StixMaker& maker, const std::vector<EurepocClaim>& claims)
    : maker_(&maker) {
  Names claimants;
  Names actors;
  std::set<std::string> unnamed;
  for (const EurepocClaim& claim : claims) {
    for (const std::string& name : claim.claimants.list())
      if (!name.starts_with(kWithheld))
        claimants[name].groups.emplace(eurepoc_group(claim.claimant_kind()));
    if (const std::string country = claim.unnamed_state(); !country.empty())
      unnamed.insert(country);
    for (const std::string& name : claim.actors.list())
      if (!name.starts_with(kWithheld)) actors[name];
    for (const CsvTable::Row& row : claim.rows->rows) {
      const auto found = actors.find(Bodies::known().masked(row["attributed_initiator"]).text);
      const auto category = stripped(row["attributed_initiator_category"]);
      if (found != actors.end() && !category.empty()) found->second.categories.emplace(category);
    }
  }
  make_claimants(claimants);
  make_unnamed(unnamed);
  make_actors(actors);
}

void EurepocNames::make_claimants(const Names& names) {
  for (const auto& [name, seen] : names) {
    const std::string id_name = "eurepoc/claimant/" + name;
    const std::string group = seen.groups.size() == 1 ? *seen.groups.begin() : std::string();
    claimants_.emplace(name, maker_->id("identity", id_name));
    objects_.push_back(StixMaker::finish(described(*maker_, id_name, name, group, "")));
  }
}

void EurepocNames::make_unnamed(const std::set<std::string>& countries) {
  for (const std::string& country : countries)
    objects_.push_back(StixMaker::finish(
        described(*maker_, "eurepoc/claimant/unnamed/" + country,
                  fmt::format("State entity (unnamed), {}", Places::known().country_name(country)),
                  "government", country)));
}

void EurepocNames::make_actors(const Names& names) {
  // Names that differ in their brackets alone are one actor.
  std::map<std::string, std::set<std::string>> heads;
  for (const auto& [name, seen] : names)
    heads[std::string(head_of(name))].insert(seen.categories.begin(), seen.categories.end());
  std::map<std::string, std::string, std::less<>> ids;
  for (const auto& [head, categories] : heads) {
    std::vector<std::string_view> aliases;
    for (const std::string_view alias : split(head, '/'))
      if (!alias.empty() && alias != kWithheld &&
          std::ranges::find(aliases, alias) == aliases.end())
        aliases.push_back(alias);
    if (aliases.empty()) continue;
    const std::string_view type = actor_type(aliases, categories);
    const std::string id_name = "eurepoc/actor/" + head;
    objects_.push_back(
        StixMaker::finish(described_actor(maker_->head(type, id_name), head, aliases)));
    ids[head] = maker_->id(type, id_name);
  }
  for (const auto& [name, seen] : names)
    if (const auto found = ids.find(head_of(name)); found != ids.end())
      actors_.emplace(name, found->second);
}

std::string EurepocNames::claimant(std::string_view name) const {
  const auto found = claimants_.find(name);
  return found == claimants_.end() ? std::string() : found->second;
}

std::string EurepocNames::unnamed_state(std::string_view country) const {
  return maker_->id("identity", fmt::format("eurepoc/claimant/unnamed/{}", country));
}

std::string EurepocNames::actor(std::string_view name) const {
  const auto found = actors_.find(name);
  return found == actors_.end() ? std::string() : found->second;
}

}  // namespace comity::intake
