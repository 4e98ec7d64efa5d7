#include "intake/kev.h"

#include <algorithm>
#include <array>
#include <set>

#include "intake/cell_text.h"
#include "intake/definitions.h"
#include "intake/foreign_json.h"
#include "intake/stix_maker.h"

namespace comity::intake {
namespace {

constexpr std::string_view kKevSource = "CISA KEV";
constexpr std::string_view kCatalog =
    "https://www.cisa.gov/known-exploited-vulnerabilities-catalog";
constexpr std::array<std::string_view, 9> kKevValues{
    "vendorProject", "product", "vulnerabilityName",          "dateAdded", "requiredAction",
    "dueDate",       "cwes",    "knownRansomwareCampaignUse", "notes"};

/// CVE-2014-0160: a year and at least four digits.
bool is_cve(std::string_view id) {
  if (!id.starts_with("CVE-") || id.size() < 13 || id.size() > 32 || id[8] != '-') return false;
  const auto digits = [](std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  };
  return digits(id.substr(4, 4)) && digits(id.substr(9));
}

Json meaning_of(const Json& value, const std::string& cve, Doubts& doubts) {
  Json meaning = extension("vulnerability");
  meaning["scope"] = "reported";
  meaning["record_basis"] = "data";
  meaning["known_exploited"] = true;
  if (const auto date = PartialDate::parse(lenient_text(value, "dateAdded")))
    meaning["listed"] = to_json(*date);
  else
    doubts.add("date_malformed", cve);
  Json coding;
  coding["source"] = kKevSource;
  coding["record"] = cve;
  for (const std::string_view name : kKevValues)
    if (auto texts = lenient_texts(value, name); !texts.empty())
      coding["values"][lower(name)] = texts;
  meaning["coding"] = std::move(coding);
  return meaning;
}

Result<std::string> vulnerability(const StixMaker& maker, const Fields& fields, const Json& value,
                                  Doubts& doubts) {
  COMITY_TRY(const std::string cve, fields.text("cveID"));
  if (!is_cve(cve)) return fields.refused("cveID", "there must be an id such as CVE-2014-0160");
  Json object = maker.head("vulnerability", "kev/" + cve);
  object["name"] = cve;
  std::string text = lenient_text(value, "vulnerabilityName");
  if (const std::string more = lenient_text(value, "shortDescription"); !more.empty())
    text += (text.empty() ? "" : ": ") + more;
  if (!text.empty()) object["description"] = text;
  Json references = Json::array({{{"source_name", "cve"}, {"external_id", cve}},
                                 {{"source_name", "cisa-kev"}, {"url", kCatalog}}});
  // Addresses stand among words in the notes, parted by white space or semicolons.
  std::string notes = lenient_text(value, "notes");
  std::ranges::replace_if(notes, [](char c) { return c == ';' || c == '\n' || c == '\t'; }, ' ');
  std::set<std::string_view> seen;
  for (const std::string_view part : split(notes, ' '))
    if (part.starts_with("http") && seen.insert(part).second)
      add_source(references, std::string(part), kKevSource, cve, doubts);
  object["external_references"] = std::move(references);
  object["extensions"][kExtension] = meaning_of(value, cve, doubts);
  return finish_bounded(std::move(object), cve);
}

}  // namespace

Result<Imported> kev(ByteView json, const Importer& importer) {
  COMITY_TRY(const StixMaker maker, StixMaker::of(importer));
  COMITY_TRY(const Json data, read_data(json));
  const Fields file(data, "");
  COMITY_TRY(const auto values, file.objects("vulnerabilities"));
  Imported imported;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Json& value = data["vulnerabilities"][i];
    const std::string cve = lenient_text(value, "cveID");
    if (!cve.empty() && !seen.insert(cve).second) {
      imported.doubts.add("id_repeated", cve);
      continue;
    }
    COMITY_TRY(std::string object, vulnerability(maker, values[i], value, imported.doubts));
    imported.objects.push_back(std::move(object));
  }
  imported.counts = {{"vulnerabilities", imported.objects.size()}};
  return imported;
}

}  // namespace comity::intake
