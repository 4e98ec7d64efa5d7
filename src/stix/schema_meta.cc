#include "stix/schema_types.h"

// The relationship objects (SRO) of section 5, the meta objects of section 7, the bundle of section
// 8, and the list of all types.

namespace comity::stix {
namespace {

// The table of relationships between types stands in relationships.cc.
constexpr Property kRelationshipProperties[] = {
    must("relationship_type", text(Format::relationship_name)),
    may("description", text()),
    must("source_ref", ref(kDomainOrObservable)),
    must("target_ref", ref(kDomainOrObservable)),
    may("start_time", time()),
    may("stop_time", time()),
};
constexpr Rule kRelationshipRules[] = {later("stop_time", "start_time", "5.1.2")};

constexpr Targets kObservedDataOnly = types({"observed-data"}, "observed data");
constexpr Targets kPlaceOfSighting = types({"identity", "location"}, "an identity or a location");

constexpr Property kSightingProperties[] = {
    may("description", text()),
    may("first_seen", time()),
    may("last_seen", time()),
    may("count", integer(0, 999'999'999)),
    must("sighting_of_ref", ref(kDomainObject)),
    may("observed_data_refs", list(ref(kObservedDataOnly))),
    may("where_sighted_refs", list(ref(kPlaceOfSighting))),
    may("summary", boolean()),
};
constexpr Rule kSightingRules[] = {not_earlier("last_seen", "first_seen", "5.2.1")};

constexpr Property kLanguageContentProperties[] = {
    must("object_ref", ref(kAnyObject)),
    may("object_modified", time()),
    must("contents", of_kind(Kind::contents)),
};

// What TLP markings must hold besides is checked by marking_definition.cc.
constexpr Property kMarkingDefinitionProperties[] = {
    may("name", text()),
    may("definition_type", text()),
    may("definition", of_kind(Kind::marking_object)),
};
constexpr Rule kMarkingDefinitionRules[] = {
    {Relation::at_least_one,
     {"definition_type", "extensions"},
     "7.2.1.1",
     "Without `extensions`, a marking definition must have a `definition_type`."},
    {Relation::at_least_one,
     {"definition", "extensions"},
     "7.2.1.1",
     "Without `extensions`, a marking definition must have a `definition`."},
};

constexpr Property kExtensionDefinitionProperties[] = {
    must("name", text()),
    should("description", text()),
    must("schema", text()),
    must("version", text()),
    must("extension_types", list(one_of(kExtensionType))),
    may("extension_properties", list(text(Format::property_name))),
};

constexpr Property kBundleProperties[] = {
    may("objects", list(of_kind(Kind::bundled))),
};

}  // namespace

constinit const Type kRelationship{"relationship", Family::relationship, "5.1.2",
                                   kRelationshipProperties, kRelationshipRules};
constinit const Type kSighting{"sighting", Family::relationship, "5.2.1", kSightingProperties,
                               kSightingRules};
constinit const Type kLanguageContent{"language-content", Family::language, "7.1.1",
                                      kLanguageContentProperties};
constinit const Type kMarkingDefinition{"marking-definition", Family::marking, "7.2.1.1",
                                        kMarkingDefinitionProperties, kMarkingDefinitionRules};
constinit const Type kExtensionDefinition{"extension-definition", Family::extension, "7.3.1",
                                          kExtensionDefinitionProperties};
constinit const Type kBundle{"bundle", Family::bundle, "8.1", kBundleProperties};

constinit const std::array<const Type*, kTypeNames.size()> kTypes = {
    &kAttackPattern, &kCampaign, &kCourseOfAction, &kGrouping, &kIdentity, &kIncident, &kIndicator,
    &kInfrastructure, &kIntrusionSet, &kLocation, &kMalware, &kMalwareAnalysis, &kNote,
    &kObservedData, &kOpinionObject, &kReport, &kThreatActor, &kTool, &kVulnerability,
    //
    &kRelationship, &kSighting,
    //
    &kArtifact, &kAutonomousSystem, &kDirectory, &kDomainName, &kEmailAddress, &kEmailMessage,
    &kFile, &kIpv4Address, &kIpv6Address, &kMacAddress, &kMutex, &kNetworkTraffic, &kProcess,
    &kSoftware, &kUrl, &kUserAccount, &kWindowsRegistryKey, &kX509Certificate,
    //
    &kExtensionDefinition, &kLanguageContent, &kMarkingDefinition,
    //
    &kBundle};

}  // namespace comity::stix
