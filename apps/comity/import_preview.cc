#include "import_preview.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <vector>

#include "codec/ordered_json.h"

#include "query/json.h"
#include "text.h"

namespace comity::cli {
namespace {

using query::extension_of;
using query::member;
using query::text_at;
using query::texts_at;

constexpr std::size_t kShown = 5;
/// What carries others.
constexpr std::array<std::string_view, 6> kCarriers{
    "extension-definition", "identity", "location", "marking-definition", "note", "relationship"};

/// "2020-03 (month)"; nothing where there is no date.
Json date_of(const Json& extension, const char* name) {
  const Json date = member(extension, name);
  const std::string day = text_at(date, "date");
  if (day.empty()) return nullptr;
  return {{"date", day}, {"precision", text_at(date, "precision")}};
}

std::vector<std::string> names_at(const Json& object, const char* name) {
  std::vector<std::string> names;
  for (const Json& it : member(object, name)) names.push_back(text_at(it, "name"));
  return names;
}

Json incident_of(const Json& object) {
  const Json extension = extension_of(object);
  return {{"type", "incident"},
          {"name", text_at(object, "name")},
          {"start", date_of(extension, "start")},
          {"end", date_of(extension, "end")},
          {"countries", texts_at(member(extension, "victims"), "countries")},
          {"claims", Json::array()}};
}

/// The claim joins the incident that it is about, if that is shown.
void add_claim(const Json& note, std::map<std::string, std::size_t>& shown, Json& preview) {
  const Json extension = extension_of(note);
  if (text_at(extension, "kind") != "attribution") return;
  for (const std::string& ref : texts_at(note, "object_refs"))
    if (const auto found = shown.find(ref); found != shown.end())
      preview[found->second]["claims"].push_back({{"made_by", text_at(extension, "made_by")},
                                                  {"actors", names_at(extension, "actors")},
                                                  {"date", date_of(extension, "date")}});
}

std::string names_of(const Json& claim) {
  const auto actors = texts_at(claim, "actors");
  return actors.empty() ? "" : ": " + printable(joined(actors));
}

std::string shown_date(const Json& date) {
  if (date.is_null()) return "no date";
  const std::string precision = text_at(date, "precision");
  return text_at(date, "date") +
         (precision.empty() || precision == "day" ? "" : " (" + precision + ")");
}

}  // namespace

Json import_preview(std::span<const Bytes> objects) {
  Json incidents = Json::array();
  Json others = Json::array();
  std::map<std::string, std::size_t> shown;
  for (const Bytes& bytes : objects) {
    const Json object = codec::parse_ordered(as_text(bytes));
    const std::string type = text_at(object, "type");
    if (type == "incident" && incidents.size() < kShown) {
      shown.emplace(text_at(object, "id"), incidents.size());
      incidents.push_back(incident_of(object));
    } else if (type == "note") {
      add_claim(object, shown, incidents);
    } else if (others.size() < kShown && std::ranges::find(kCarriers, type) == kCarriers.end()) {
      others.push_back({{"type", type}, {"name", text_at(object, "name")}});
    }
  }
  return incidents.empty() ? others : incidents;
}

std::string import_preview_text(const Json& preview) {
  if (preview.empty()) return "";
  std::string text = "\nThe first, as they were understood:\n";
  for (const Json& it : preview) {
    std::string line = printable(text_at(it, "name"));
    if (text_at(it, "type") != "incident") {
      text += wrapped(line, 4, "  " + printable(text_at(it, "type")) + ": ");
      continue;
    }
    line += "; " + shown_date(it.at("start"));
    if (!it.at("end").is_null()) line += " to " + shown_date(it.at("end"));
    const auto countries = texts_at(it, "countries");
    if (!countries.empty()) line += "; " + joined(countries);
    for (const Json& claim : it.at("claims"))
      line += "; claim of " + printable(text_at(claim, "made_by")) + ", " +
              shown_date(claim.at("date")) + names_of(claim);
    text += wrapped(line, 4, "  ");
  }
  return text;
}

}  // namespace comity::cli
