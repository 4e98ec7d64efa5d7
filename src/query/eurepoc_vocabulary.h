#pragma once

#include <array>
#include <string>
#include <string_view>

#include "query/eurepoc_tables.h"
#include "query/figures.h"

namespace comity::query {

/// Columns of the incidents whose values are counted, each incident once for each value.
inline constexpr std::array<std::string_view, 37> kEurepocVocabulary{
    "incident_type",
    "inclusion_criteria",
    "source_incident_detection_disclosure",
    "receiver_region",
    "receiver_category",
    "receiver_category_subcode",
    "initiator_category",
    "initiator_category_subcode",
    "cyber_conflict_issue",
    "offline_conflict_issue",
    "offline_conflict_intensity_subcode",
    "political_response_type",
    "political_response_type_subcode",
    "political_response_country",
    "legal_response_type",
    "legal_response_type_subcode",
    "legal_response_country",
    "zero_days",
    "MITRE_initial_access",
    "MITRE_impact",
    "data_theft",
    "disruption",
    "hijacking",
    "physical_effects_spatial",
    "physical_effects_temporal",
    "unweighted_cyber_intensity",
    "target_multiplier",
    "weighted_cyber_intensity",
    "impact_indicator",
    "functional_impact",
    "intelligence_impact",
    "state_responsibility_indicator",
    "IL_breach_indicator",
    "IL_breach_indicator_subcode",
    "evidence_for_sanctions_indicator",
    "legal_attribution_reference",
    "legal_response_indicator"};

/// The record's name of a column.
[[nodiscard]] std::string in_lower_case(std::string_view column);

/// Who did what to whom by EuRepoC's words: vocabularies, countries, pairs of them.
void add_eurepoc_vocabulary(const EurepocTables& tables, Figures& figures);

}  // namespace comity::query
