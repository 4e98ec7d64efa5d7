#include "stix/schema_types.h"

// The domain objects (SDO) of section 4, in the specification's order.

namespace comity::stix {
namespace {

constexpr Targets kSoftwareOnly = types({"software"}, "a software object");
constexpr Targets kSample = types({"file", "artifact"}, "a file or an artifact");
constexpr Targets kAnalysed =
    types({"file", "network-traffic", "artifact"}, "a file, network traffic or an artifact");

constexpr Property kAttackPatternProperties[] = {
    must("name", text()),
    may("description", text()),
    may("aliases", list(text())),
    may("kill_chain_phases", list(part(kKillChainPhase))),
};

constexpr Property kCampaignProperties[] = {
    must("name", text()),      may("description", text()), may("aliases", list(text())),
    may("first_seen", time()), may("last_seen", time()),   may("objective", text()),
};
constexpr Rule kCampaignRules[] = {not_earlier("last_seen", "first_seen", "4.2.1")};

constexpr Property kCourseOfActionProperties[] = {
    must("name", text()),
    may("description", text()),
    reserved("action"),
};

constexpr Property kGroupingProperties[] = {
    may("name", text()),
    may("description", text()),
    must("context", word(kGroupingContext)),
    must("object_refs", list(ref(kAnyObject))),
};

constexpr Property kIdentityProperties[] = {
    must("name", text()),
    may("description", text()),
    may("roles", list(text())),
    may("identity_class", word(kIdentityClass)),
    may("sectors", list(word(kIndustrySector))),
    may("contact_information", text()),
};

constexpr Property kIncidentProperties[] = {
    must("name", text()),
    may("description", text()),
};

// The pattern's own grammar (section 9) is checked by object_rules.cc.
constexpr Property kIndicatorProperties[] = {
    should("name", text()),
    should("description", text()),
    may("indicator_types", list(word(kIndicatorType))),
    must("pattern", text()),
    must("pattern_type", word(kPatternType)),
    may("pattern_version", text()),
    must("valid_from", time()),
    may("valid_until", time()),
    may("kill_chain_phases", list(part(kKillChainPhase))),
};
constexpr Rule kIndicatorRules[] = {later("valid_until", "valid_from", "4.7.1")};

constexpr Property kInfrastructureProperties[] = {
    must("name", text()),
    may("description", text()),
    may("infrastructure_types", list(word(kInfrastructureType))),
    may("aliases", list(text())),
    may("kill_chain_phases", list(part(kKillChainPhase))),
    may("first_seen", time()),
    may("last_seen", time()),
};
constexpr Rule kInfrastructureRules[] = {not_earlier("last_seen", "first_seen", "4.8.1")};

constexpr Property kIntrusionSetProperties[] = {
    must("name", text()),
    may("description", text()),
    may("aliases", list(text())),
    may("first_seen", time()),
    may("last_seen", time()),
    may("goals", list(text())),
    may("resource_level", word(kAttackResourceLevel)),
    may("primary_motivation", word(kAttackMotivation)),
    may("secondary_motivations", list(word(kAttackMotivation))),
};
constexpr Rule kIntrusionSetRules[] = {not_earlier("last_seen", "first_seen", "4.9.1")};

constexpr Property kLocationProperties[] = {
    may("name", text()),
    may("description", text()),
    may("latitude", number(-90, 90)),
    may("longitude", number(-180, 180)),
    may("precision", number()),
    may("region", word(kRegion)),
    may("country", text(Format::country)),
    may("administrative_area", text()),
    may("city", text()),
    may("street_address", text()),
    may("postal_code", text()),
};
constexpr Rule kLocationRules[] = {
    {Relation::at_least_one,
     {"region", "country", "latitude", "longitude"},
     "4.10",
     "A location must have a `region`, a `country`, or a `latitude` with a `longitude`."},
    needs("latitude", "longitude", "4.10.1", "A `latitude` needs a `longitude` beside it."),
    needs("longitude", "latitude", "4.10.1", "A `longitude` needs a `latitude` beside it."),
    {Relation::needs,
     {"precision", "latitude", "longitude"},
     "4.10.1",
     "A `precision` needs the `latitude` and `longitude` that it is the precision of."},
    {Relation::better_with,
     {"latitude", "precision"},
     "4.10",
     "Coordinates should come with the `precision` that fits the place."},
};

constexpr Property kMalwareProperties[] = {
    may("name", text()),
    may("description", text()),
    may("malware_types", list(word(kMalwareType))),
    must("is_family", boolean()),
    may("aliases", list(text())),
    may("kill_chain_phases", list(part(kKillChainPhase))),
    may("first_seen", time()),
    may("last_seen", time()),
    may("operating_system_refs", list(ref(kSoftwareOnly))),
    may("architecture_execution_envs", list(word(kProcessorArchitecture))),
    may("implementation_languages", list(word(kImplementationLanguage))),
    may("capabilities", list(word(kMalwareCapabilities))),
    may("sample_refs", list(ref(kSample))),
};
constexpr Rule kMalwareRules[] = {
    not_earlier("last_seen", "first_seen", "4.11.1"),
    {Relation::needed_if_true, {"is_family", "name"}, "4.11.1", "A malware family needs a `name`."},
};

constexpr Property kMalwareAnalysisProperties[] = {
    must("product", text(Format::product_name)),
    may("version", text()),
    may("host_vm_ref", ref(kSoftwareOnly)),
    may("operating_system_ref", ref(kSoftwareOnly)),
    may("installed_software_refs", list(ref(kSoftwareOnly))),
    may("configuration_version", text()),
    may("modules", list(text())),
    may("analysis_engine_version", text()),
    may("analysis_definition_version", text()),
    may("submitted", time()),
    may("analysis_started", time()),
    may("analysis_ended", time()),
    may("result_name", text()),
    may("result", word(kMalwareResult)),
    may("analysis_sco_refs", list(ref(kObservable))),
    may("sample_ref", ref(kAnalysed)),
};
constexpr Rule kMalwareAnalysisRules[] = {
    {Relation::at_least_one,
     {"result", "analysis_sco_refs"},
     "4.12",
     "A malware analysis must have a `result` or `analysis_sco_refs`."},
};

constexpr Property kNoteProperties[] = {
    may("abstract", text()),
    must("content", text()),
    may("authors", list(text())),
    must("object_refs", list(ref(kAnyObject))),
};

// That object_refs name one observable at least is checked by object_rules.cc.
constexpr Property kObservedDataProperties[] = {
    must("first_observed", time()),
    must("last_observed", time()),
    must("number_observed", integer(1, 999'999'999)),
    deprecated("objects", of_kind(Kind::container)),
    may("object_refs", list(ref(kObservableOrRelationship))),
};
constexpr Rule kObservedDataRules[] = {
    not_earlier("last_observed", "first_observed", "4.14.1"),
    {Relation::at_least_one,
     {"objects", "object_refs"},
     "4.14",
     "Observed data must have `object_refs` (or, deprecated, `objects`)."},
    {Relation::not_both,
     {"objects", "object_refs"},
     "4.14",
     "Observed data must not have both `objects` and `object_refs`; keep `object_refs`."},
};

constexpr Property kOpinionProperties[] = {
    may("explanation", text()),
    may("authors", list(text())),
    must("opinion", one_of(kOpinion)),
    must("object_refs", list(ref(kAnyObject))),
};

constexpr Property kReportProperties[] = {
    must("name", text()),
    may("description", text()),
    may("report_types", list(word(kReportType))),
    must("published", time()),
    must("object_refs", list(ref(kAnyObject))),
};

constexpr Property kThreatActorProperties[] = {
    must("name", text()),
    may("description", text()),
    may("threat_actor_types", list(word(kThreatActorType))),
    may("aliases", list(text())),
    may("first_seen", time()),
    may("last_seen", time()),
    may("roles", list(word(kThreatActorRole))),
    may("goals", list(text())),
    may("sophistication", word(kThreatActorSophistication)),
    may("resource_level", word(kAttackResourceLevel)),
    may("primary_motivation", word(kAttackMotivation)),
    may("secondary_motivations", list(word(kAttackMotivation))),
    may("personal_motivations", list(word(kAttackMotivation))),
};
constexpr Rule kThreatActorRules[] = {not_earlier("last_seen", "first_seen", "4.17.1")};

constexpr Property kToolProperties[] = {
    must("name", text()),
    may("description", text()),
    may("tool_types", list(word(kToolType))),
    may("aliases", list(text())),
    may("kill_chain_phases", list(part(kKillChainPhase))),
    may("tool_version", text()),
};

constexpr Property kVulnerabilityProperties[] = {
    must("name", text()),
    may("description", text()),
};

constexpr auto kDomain = Family::domain;

}  // namespace

constinit const Type kAttackPattern{"attack-pattern", kDomain, "4.1.1", kAttackPatternProperties};
constinit const Type kCampaign{"campaign", kDomain, "4.2.1", kCampaignProperties, kCampaignRules};
constinit const Type kCourseOfAction{"course-of-action", kDomain, "4.3.1",
                                     kCourseOfActionProperties};
constinit const Type kGrouping{"grouping", kDomain, "4.4.1", kGroupingProperties};
constinit const Type kIdentity{"identity", kDomain, "4.5.1", kIdentityProperties};
constinit const Type kIncident{"incident", kDomain, "4.6.1", kIncidentProperties};
constinit const Type kIndicator{"indicator", kDomain, "4.7.1", kIndicatorProperties,
                                kIndicatorRules};
constinit const Type kInfrastructure{"infrastructure", kDomain, "4.8.1", kInfrastructureProperties,
                                     kInfrastructureRules};
constinit const Type kIntrusionSet{"intrusion-set", kDomain, "4.9.1", kIntrusionSetProperties,
                                   kIntrusionSetRules};
constinit const Type kLocation{"location", kDomain, "4.10.1", kLocationProperties, kLocationRules};
constinit const Type kMalware{"malware", kDomain, "4.11.1", kMalwareProperties, kMalwareRules};
constinit const Type kMalwareAnalysis{"malware-analysis", kDomain, "4.12.1",
                                      kMalwareAnalysisProperties, kMalwareAnalysisRules};
constinit const Type kNote{"note", kDomain, "4.13.1", kNoteProperties};
constinit const Type kObservedData{"observed-data", kDomain, "4.14.1", kObservedDataProperties,
                                   kObservedDataRules};
constinit const Type kOpinionObject{"opinion", kDomain, "4.15.1", kOpinionProperties};
constinit const Type kReport{"report", kDomain, "4.16.1", kReportProperties};
constinit const Type kThreatActor{"threat-actor", kDomain, "4.17.1", kThreatActorProperties,
                                  kThreatActorRules};
constinit const Type kTool{"tool", kDomain, "4.18.1", kToolProperties};
constinit const Type kVulnerability{"vulnerability", kDomain, "4.19.1", kVulnerabilityProperties};

}  // namespace comity::stix
