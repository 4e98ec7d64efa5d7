#include "intake/places.h"

#include "intake/cell_text.h"
#include "intake/embedded.h"
#include "intake/fields.h"

namespace comity::intake {
namespace {

std::string without_mark(std::string name) {
  static constexpr std::string_view kMark = " (region)";
  if (name.ends_with(kMark)) name.resize(name.size() - kMark.size());
  return name;
}

}  // namespace

Result<Places> Places::read(ByteView json) {
  COMITY_TRY(const Json data, read_data(json));
  const Fields file(data, "");
  COMITY_CHECK(file.only({"countries", "regions", "organizations", "groups", "missing"}));
  Places places;
  COMITY_TRY(const Fields countries, file.object("countries"));
  for (const auto& item : data["countries"].items()) {
    COMITY_TRY(const auto names, countries.texts(item.key()));
    if (names.empty()) return countries.refused(item.key(), "there must be at least one name");
    places.names_[item.key()] = names.front();
    for (const std::string& name : names)
      places.by_name_[name] = {Place::Kind::kCountry, item.key(), names.front()};
  }
  COMITY_TRY(const Fields regions, file.object("regions"));
  for (const auto& item : data["regions"].items()) {
    COMITY_TRY(std::string word, regions.any_text(item.key()));
    places.by_name_[item.key()] = {Place::Kind::kRegion, std::move(word), without_mark(item.key())};
  }
  for (const auto& [list, kind] :
       {std::pair{"organizations", Place::Kind::kOrganization},
        std::pair{"groups", Place::Kind::kGroup}, std::pair{"missing", Place::Kind::kMissing}}) {
    if (!data.contains(list) || !data[list].is_array())
      return file.refused(list, "there must be a list of strings");
    for (const Json& name : data[list]) {
      if (!name.is_string()) return file.refused(list, "there must be a list of strings");
      const auto text = name.get<std::string>();
      places.by_name_[text] = {kind, "", without_mark(text)};
    }
  }
  return places;
}

const Places& Places::known() {
  static const Result<Places> table = read(places_json());
  COMITY_ASSERT(table.has_value());
  return *table;
}

const Place* Places::find(std::string_view name) const {
  const auto found = by_name_.find(stripped(name));
  return found == by_name_.end() ? nullptr : &found->second;
}

bool Places::is_missing(std::string_view value) const {
  const Place* place = find(value);
  return place != nullptr && place->kind == Place::Kind::kMissing;
}

std::string Places::country_name(std::string_view code) const {
  const auto found = names_.find(code);
  return found == names_.end() ? std::string(code) : found->second;
}

}  // namespace comity::intake
