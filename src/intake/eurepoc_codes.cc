#include "intake/eurepoc_codes.h"

#include <algorithm>
#include <array>
#include <set>

#include "intake/cell_text.h"
#include "intake/embedded.h"
#include "intake/fields.h"

namespace comity::intake {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr auto kSemicolons = std::to_array<std::string_view>({
    "inclusion_criteria",
    "inclusion_criteria_subcode",
    "source_incident_detection_disclosure",
    "incident_type",
    "cyber_conflict_issue",
    "offline_conflict_issue",
    "offline_conflict_name_HIIK",
    "political_response_date",
    "political_response_type",
    "political_response_type_subcode",
    "political_response_country",
    "MITRE_initial_access",
    "MITRE_impact",
    "IL_breach_indicator",
    "IL_breach_indicator_subcode",
    "legal_response_date",
    "legal_response_type",
    "legal_response_type_subcode",
    "legal_response_country",
    "legal_attribution_reference",
    "legal_attribution_reference_subcode",
});

constexpr auto kPython = std::to_array<std::string_view>({
    "receiver_country",
    "receiver_region",
    "receiver_category",
    "receiver_category_subcode",
    "initiator_country",
    "initiator_category",
    "initiator_category_subcode",
});

/// Names of individuals, what stands elsewhere in an object, and the columns that repeat the
/// Attribution file as parallel lists of unequal length.
constexpr auto kUnpublished = std::to_array<std::string_view>({
    "ID",
    "name",
    "description",
    "receiver_name",
    "initiator_name",
    "attribution_date",
    "attribution_type",
    "attribution_basis",
    "attributing_actor",
    "attribution_it_company",
    "attributing_country",
    "attributed_initiator",
    "attributed_initiator_country",
    "attributed_initiator_category",
    "attributed_initiator_subcategory",
    "sources_attribution",
    "political_response_actor",
    "legal_response_actor",
    "sources_url",
});

constexpr auto kClaimantKinds = std::to_array<Pair>({
    {"Attacker confirms", "self"},
    {"IT-security community attributes attacker", "company_security"},
    {"Attribution by receiver government / state entity", "state"},
    {"Receiver attributes attacker", "company_victim_or_state"},
    {"Attribution by third-party", "third_party"},
    {"Media-based attribution", "media"},
    {"Attribution by EU institution/agency", "regional_or_io"},
    {"Attribution by international organization", "regional_or_io"},
});

constexpr auto kGroups = std::to_array<Pair>({
    {"company_security", "industry"},
    {"state", "government"},
    {"media", "media"},
    {"regional_or_io", "intergovernmental"},
});

constexpr auto kStatementTypes = std::to_array<Pair>({
    {"Technical report (e.g., by IT-companies, Citizen Lab, EFF)", "technical_report"},
    {"Self-attribution in the course of the attack (e.g., via defacement statements on websites)",
     "self_claim"},
    {"Direct statement in media report (e.g., Reuters article cites the attribution statements by "
     "a person) / self-attribution via social media",
     "on_record_press"},
    {"Anonymous statement in media report (e.g., Reuters article cites the attribution statements "
     "of unnamed officials, or persons with knowledge into the matter etc.)",
     "anonymous_press"},
    {"Political statement / report (e.g., on government / state agency websites)",
     "political_statement"},
    {"Domestic legal action", "legal"},
    {"Media report (e.g., Reuters makes an attribution statement, without naming further sources)",
     "media_report"},
});

/// Of the sub-categories of "Non-state-group".
constexpr auto kSubcategories = std::to_array<Pair>({
    {"Hacktivist(s)", "hacktivist"},
    {"Criminal(s)", "criminal"},
    {"Terrorist(s)", "nonstate_other"},
    {"Ethnic actors", "nonstate_other"},
    {"Religious actors", "nonstate_other"},
    {"Private technology companies / hacking for hire groups without state affiliation / research "
     "entities",
     "vendor"},
});

constexpr auto kActorTypes = std::to_array<Pair>({
    {"State", "state_organ"},
    {"Non-state actor, state-affiliation suggested", "state_affiliated"},
    {"Individual hacker(s)", "individual"},
    {"Unknown - not attributed", "unknown"},
});

/// Effects that an impact of MITRE ATT&CK is. Resource hijacking and account removal are left out:
/// no word of ours says just that.
constexpr auto kImpactEffects = std::to_array<Pair>({
    {"Data Exfiltration", "confidentiality"},
    {"Data Encrypted for Impact", "availability"},
    {"Network Denial of Service", "availability"},
    {"Endpoint Denial of Service", "availability"},
    {"Service Stop", "availability"},
    {"System Shutdown/Reboot", "availability"},
    {"Defacement", "integrity"},
    {"Data Manipulation", "integrity"},
    {"Data Destruction", "destruction"},
    {"Disk Wipe", "destruction"},
    {"Firmware Corruption", "destruction"},
});

constexpr auto kImpactTechniques = std::to_array<Pair>({
    {"Network Denial of Service", "ddos"},
    {"Defacement", "defacement"},
    {"Disk Wipe", "wiper"},
});

constexpr auto kAccessTechniques = std::to_array<Pair>({
    {"Phishing", "phishing"},
    {"Supply Chain Compromise", "supply_chain"},
});

constexpr auto kTypeTechniques = std::to_array<Pair>({
    {"Data theft & Doxing", "hack_and_leak"},
    {"Ransomware", "ransomware"},
});

template <class Table>
std::string_view word(const Table& table, std::string_view code) {
  code = stripped(code);
  for (const auto& [from, to] : table)
    if (from == code) return to;
  return {};
}

template <class Table>
bool has(const Table& table, std::string_view column) {
  return std::ranges::find(table, column) != table.end();
}

/// Adds the word of each value of a cell that holds a "; " list.
template <class Table>
void add_words(std::set<std::string>& found, const Table& table, std::string_view cell) {
  for (const std::string_view code : split(cell, ';'))
    if (const std::string_view to = word(table, code); !to.empty()) found.emplace(to);
}

/// A code that says something happened, not that it didn't or that nobody knows.
bool says_something(std::string_view cell) {
  const std::string_view code = stripped(cell);
  return !code.empty() && code != "none" && code != "Not available" && code != "Unknown";
}

}  // namespace

CellForm eurepoc_form(std::string_view column) {
  if (has(kUnpublished, column)) return CellForm::kUnpublished;
  if (has(kPython, column)) return CellForm::kPython;
  return has(kSemicolons, column) ? CellForm::kSemicolons : CellForm::kSingle;
}

std::optional<std::vector<std::string>> eurepoc_values(std::string_view cell, CellForm form) {
  std::vector<std::string> values;
  if (cell.empty()) return values;
  if (form == CellForm::kPython) return python_list(cell);
  if (form == CellForm::kSingle) {
    values.emplace_back(stripped(cell));
  } else {
    for (const std::string_view value : split(cell, ';')) values.emplace_back(value);
  }
  return values;
}

Result<EurepocCodes> EurepocCodes::read(ByteView taxonomies) {
  COMITY_TRY(const Json data, read_data(taxonomies));
  const Fields file(data, "");
  EurepocCodes codes;
  COMITY_TRY(const Fields sectors, file.object("sectors_from_eurepoc_subcode"));
  for (const auto& item : data["sectors_from_eurepoc_subcode"].items()) {
    COMITY_TRY(const Fields sector, sectors.object(item.key()));
    COMITY_TRY(codes.sectors_[item.key()], sector.text("comity"));
  }
  COMITY_CHECK(file.object("sectors_from_eurepoc_category_when_no_subcode"));
  for (const auto& item : data["sectors_from_eurepoc_category_when_no_subcode"].items())
    if (item.value().is_string()) codes.categories_[item.key()] = item.value().get<std::string>();
  COMITY_TRY(const auto responses, file.objects("response_types"));
  for (const Fields& response : responses) {
    COMITY_TRY(const std::string id, response.text("id"));
    COMITY_TRY(const auto texts, response.texts("eurepoc"));
    for (const std::string& text : texts) codes.responses_[text] = id;
  }
  COMITY_TRY(const Fields types, file.object("incident_types"));
  static constexpr std::string_view kMark = "EuRepoC ";
  for (const auto& item : data["incident_types"].items()) {
    COMITY_TRY(const auto texts, types.texts(item.key()));
    for (const std::string& text : texts)
      if (text.starts_with(kMark)) codes.incidents_[text.substr(kMark.size())] = item.key();
  }
  return codes;
}

const EurepocCodes& EurepocCodes::known() {
  static const Result<EurepocCodes> table = read(taxonomies_json());
  COMITY_ASSERT(table.has_value());
  return *table;
}

std::string EurepocCodes::sector(std::string_view category, std::string_view subcode) const {
  const std::string_view found = word(sectors_, subcode);
  return std::string(found.empty() ? word(categories_, category) : found);
}

std::string EurepocCodes::response_type(std::string_view type, std::string_view subcode) const {
  const std::string_view found = word(responses_, subcode);
  return std::string(found.empty() ? word(responses_, type) : found);
}

std::string EurepocCodes::incident_type(std::string_view code) const {
  return std::string(word(incidents_, code));
}

std::string_view eurepoc_claimant_kind(std::string_view basis) {
  return word(kClaimantKinds, basis);
}

std::string_view eurepoc_group(std::string_view claimant_kind) {
  return word(kGroups, claimant_kind);
}

std::string_view eurepoc_statement_type(std::string_view type) {
  return word(kStatementTypes, type);
}

std::string_view eurepoc_actor_type(std::string_view category, std::string_view subcategory) {
  if (stripped(category) != "Non-state-group") return word(kActorTypes, category);
  const std::string_view found = word(kSubcategories, subcategory);
  return found.empty() ? "nonstate_other" : found;
}

int eurepoc_strength(std::string_view category) {
  category = stripped(category);
  if (category == "State") return 5;
  return category == "Non-state actor, state-affiliation suggested" ? 4 : 0;
}

std::vector<std::string> eurepoc_effects(const CsvTable::Row& row) {
  std::set<std::string> found;
  add_words(found, kImpactEffects, row["MITRE_impact"]);
  for (const std::string_view type : split(row["incident_type"], ';')) {
    if (type.starts_with("Data theft")) found.insert("confidentiality");
    if (type == "Data theft & Doxing") found.insert("leak");
  }
  if (says_something(row["data_theft"])) found.insert("confidentiality");
  if (says_something(row["disruption"])) found.insert("availability");
  if (says_something(row["physical_effects_spatial"]) ||
      says_something(row["physical_effects_temporal"]))
    found.insert("physical");
  return {found.begin(), found.end()};
}

std::vector<std::string> eurepoc_techniques(const CsvTable::Row& row) {
  std::set<std::string> found;
  add_words(found, kImpactTechniques, row["MITRE_impact"]);
  add_words(found, kAccessTechniques, row["MITRE_initial_access"]);
  add_words(found, kTypeTechniques, row["incident_type"]);
  if (stripped(row["zero_days"]) == "Yes") found.insert("zero_day");
  return {found.begin(), found.end()};
}

}  // namespace comity::intake
