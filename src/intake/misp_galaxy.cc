#include "intake/misp_galaxy.h"

#include <array>
#include <set>

#include "intake/definitions.h"
#include "intake/foreign_json.h"
#include "intake/places.h"
#include "intake/stix_maker.h"

namespace comity::intake {
namespace {

constexpr std::string_view kGalaxySource = "MISP threat-actor galaxy";

/// Members of `meta` that are carried as they stand, those of the CFR tracker among them.
constexpr std::array<std::string_view, 10> kGalaxyValues{"cfr-suspected-victims",
                                                         "cfr-target-category",
                                                         "cfr-type-of-incident",
                                                         "suspected-victims",
                                                         "targeted-sector",
                                                         "victimology",
                                                         "motive",
                                                         "since",
                                                         "capabilities",
                                                         "threat-actor-classification"};

/// Names that the galaxy's sponsors have beyond those of data/places.json are kept without a code.
Json claim(std::string_view what, const std::string& value, std::string_view made_by) {
  Json one;
  one["claim"] = what;
  one["value"] = value;
  const Place* place = Places::known().find(value);
  if (place != nullptr && place->kind == Place::Kind::kCountry) one["country"] = place->code;
  one["made_by"] = made_by;
  return one;
}

/// Who is said to be behind it, and by whom.
Json claims(const Json& meta) {
  Json all = Json::array();
  for (const std::string& country : lenient_texts(meta, "country")) {
    Json one = claim("country", country, "MISP galaxy");
    if (country.size() == 2) one["country"] = country;
    const std::string confidence = lenient_text(meta, "attribution-confidence");
    if (!confidence.empty()) one["stated_confidence"] = confidence;
    all.push_back(std::move(one));
  }
  for (const std::string& sponsor : lenient_texts(meta, "cfr-suspected-state-sponsor"))
    if (!Places::known().is_missing(sponsor))
      all.push_back(claim("state_sponsor", sponsor,
                          "Council on Foreign Relations, as given in the MISP galaxy"));
  return all;
}

Json meaning_of(const std::string& uuid, const Json& meta) {
  Json meaning = extension("actor");
  meaning["scope"] = "reported";
  meaning["record_basis"] = "data";
  if (Json all = claims(meta); !all.empty()) meaning["claims"] = std::move(all);
  Json coding;
  coding["source"] = kGalaxySource;
  coding["record"] = uuid;
  for (const std::string_view name : kGalaxyValues)
    if (auto texts = lenient_texts(meta, name); !texts.empty()) coding["values"][name] = texts;
  meaning["coding"] = std::move(coding);
  return meaning;
}

Result<std::string> actor(const StixMaker& maker, const Fields& fields, const Json& value,
                          Imported& imported) {
  COMITY_TRY(const std::string name, fields.text("value"));
  COMITY_TRY(const std::string uuid, fields.text("uuid"));
  const auto found = value.find("meta");
  const Json meta = found != value.end() && found->is_object() ? *found : Json::object();
  Json object = maker.head("intrusion-set", "misp-galaxy/threat-actor/" + uuid);
  object["name"] = name;
  if (const std::string text = lenient_text(value, "description"); !text.empty())
    object["description"] = text;
  auto aliases = lenient_texts(meta, "synonyms");
  std::erase(aliases, name);
  if (!aliases.empty()) object["aliases"] = aliases;
  Json references = Json::array({{{"source_name", "misp-galaxy"}, {"external_id", uuid}}});
  for (const std::string& url : lenient_texts(meta, "refs"))
    add_source(references, url, kGalaxySource, name, imported.doubts);
  object["external_references"] = std::move(references);
  object["extensions"][kExtension] = meaning_of(uuid, meta);
  return finish_bounded(std::move(object), name);
}

}  // namespace

Result<Imported> misp_galaxy(ByteView json, const Importer& importer) {
  COMITY_TRY(const StixMaker maker, StixMaker::of(importer));
  COMITY_TRY(const Json data, read_data(json));
  const Fields file(data, "");
  COMITY_TRY(const std::string type, file.text("type"));
  if (type != "threat-actor")
    return file.refused("type", "there must be \"threat-actor\": other galaxies are not imported");
  COMITY_TRY(const auto values, file.objects("values"));
  Imported imported;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Json& value = data["values"][i];
    const std::string uuid = lenient_text(value, "uuid");
    if (!uuid.empty() && !seen.insert(uuid).second) {
      imported.doubts.add("id_repeated", uuid);
      continue;
    }
    COMITY_TRY(std::string object, actor(maker, values[i], value, imported));
    imported.objects.push_back(std::move(object));
  }
  imported.counts = {{"actors", imported.objects.size()}};
  return imported;
}

}  // namespace comity::intake
