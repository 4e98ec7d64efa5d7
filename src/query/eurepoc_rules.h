#pragma once

#include <array>
#include <string_view>

namespace comity::query {

struct Rule {
  std::string_view name;
  std::string_view text;
};

/// How each figure is counted, in the words of EuRepoC's tables, so that anybody counts the same
/// without this program. Where a figure's name has no rule, its name says it.
inline constexpr std::array<Rule, 18> kEurepocRules{{
    {"incident", "one row of Global_Database keyed by ID"},
    {"missing",
     "a token is missing when (after strip) it is one of ['', 'NaT', 'None', 'Not "
     "available', 'Unknown', 'Unknown - not attributed', 'nan']"},
    {"has_attribution_record", "int(number_of_attributions) > 0"},
    {"attributed",
     "some Attribution_dataset row of the incident has a non-missing "
     "attributed_initiator_category"},
    {"attributed_country", "some row has a non-missing attributed_initiator_country"},
    {"attributed_state",
     "some row has attributed_initiator_category in {'State','Non-state actor, "
     "state-affiliation suggested'}"},
    {"attributed_state_strict", "some row has attributed_initiator_category == 'State'"},
    {"attributed_other_than_self",
     "some row has non-missing category AND non-missing attribution_basis != "
     "'Attacker confirms'"},
    {"only_self_claimed",
     "attributed, and every row with a non-missing category has basis 'Attacker "
     "confirms'"},
    {"contested_basis", "some row has attribution_basis 'Contested attribution'"},
    {"country_disagreement",
     ">=2 distinct non-missing attributed_initiator_country over DISTINCT "
     "attribution_IDs whose country sets are disjoint for at least one pair"},
    {"political", "int(number_of_political_responses) > 0"},
    {"legal", "int(number_of_legal_responses) > 0"},
    {"delay",
     "days = first dated response/attribution (min of parsed tokens) - start_date; "
     "incidents lacking either are left out; *_nonneg drops days < 0"},
    {"initiator_country",
     "Global.initiator_country parsed as Python list, distinct per incident, missing "
     "dropped"},
    {"receiver_country", "Receiver_dataset distinct (ID, receiver_country), missing dropped"},
    {"dyad", "cross product per incident of the two sets above"},
    {"coded_cohort",
     "impact_indicator is not the empty string (the only rows on which v1.1 coders "
     "filled the response/impact/legal fields; elsewhere a 0 count means 'not "
     "coded', not 'no response')"},
}};

}  // namespace comity::query
