#include "stix/schema.h"

// Extensions by extension definition whose contents Comity checks: TLP 2.0 and the incident core of
// OASIS (oasis-open/cti-stix-common-objects), and Comity's own two (docs/mapping.md). Properties
// that a table does not list are left alone, but for the two of OASIS, whose schemas allow no
// other.

namespace comity::stix {
namespace {

constexpr Targets kOnlyCustom{0, true, "an object of a type of the incident extension"};

constexpr std::string_view kTlp2Words[] = {"clear", "green", "amber", "amber+strict", "red"};
constexpr Vocabulary kTlp2Levels{"TLP 2.0 levels", "7.3", kTlp2Words};
constexpr Property kTlp2Properties[] = {must("tlp_2_0", one_of(kTlp2Levels))};
constexpr Type kTlp2Extension{"TLP 2.0", Family::part, "7.3", kTlp2Properties};

// The words of all versions that have been published.
constexpr std::string_view kDeterminationWords[] = {
    "blocked",   "confirmed",          "failed-attempt", "false-positive",
    "low-value", "successful-attempt", "suspected"};
constexpr Vocabulary kDetermination{"incident-determination-enum", "7.3", kDeterminationWords};
constexpr std::string_view kInvestigationWords[] = {"closed", "new", "open"};
constexpr Vocabulary kInvestigation{"incident-investigation-ov", "7.3", kInvestigationWords};
constexpr Property kScoreProperties[] = {
    must("name", text()),
    must("value", number()),
    may("description", text()),
};
constexpr Type kScore{"incident-score", Family::part, "7.3", kScoreProperties};
constexpr std::string_view kRecoverabilityWords[] = {"not-applicable", "regular", "supplemented",
                                                     "extended", "not-recoverable"};
constexpr Vocabulary kRecoverability{"recoverability-enum", "7.3", kRecoverabilityWords};
// The properties of all versions that have been published.
constexpr Property kIncidentCoreProperties[] = {
    must("determination", one_of(kDetermination)),
    must("investigation_status", word(kInvestigation)),
    may("event_refs", list(ref(kOnlyCustom))),
    may("impact_refs", list(ref(kOnlyCustom))),
    may("task_refs", list(ref(kOnlyCustom))),
    may("incident_types", list(text())),
    may("scores", list(part(kScore))),
    may("criticality", integer(0, 100)),
    may("detection_methods", list(text())),
    may("impacted_entity_counts", of_kind(Kind::anything)),
    may("other_object_refs", list(ref(kAnyObject))),
    may("recoverability", one_of(kRecoverability)),
    may("sequence_refs", list(ref(kOnlyCustom))),
    may("sequence_start_refs", list(ref(kOnlyCustom))),
};
constexpr Type kIncidentCore{"incident core", Family::part, "7.3", kIncidentCoreProperties};

constexpr std::string_view kPrecisionWords[] = {"day", "month", "year"};
constexpr Vocabulary kPrecision{"date precisions", "7.3", kPrecisionWords};
constexpr Property kCoarseDateProperties[] = {
    must("date", text()),
    must("precision", one_of(kPrecision)),
};
constexpr Rule kCoarseDateRules[] = {
    {Relation::date_of_precision,
     {"date", "precision"},
     "7.3",
     "It says more or less than `precision`, and the less exact of the two holds; write 2017 for a "
     "year, 2017-06 for a month, 2017-06-27 for a day."},
};
constexpr Type kCoarseDate{"date with precision", Family::part, "7.3", kCoarseDateProperties,
                           kCoarseDateRules};
constexpr Property kComityProperties[] = {
    must("kind", text(Format::property_name)), may("made_by_ref", ref(kIdentityOnly)),
    may("controller_ref", ref(kIdentityOnly)), may("wording_language", text(Format::language)),
    may("start", part(kCoarseDate)),           may("end", part(kCoarseDate)),
    may("taken_at", part(kCoarseDate)),
};
constexpr Type kComity{"Comity record", Family::part, "7.3", kComityProperties};

// At the top level of an incident.
constexpr Property kComityIncidentProperties[] = {
    may("first_seen", time()),
    may("last_seen", time()),
    may("incident_type", text()),
    may("objective", text()),
};
constexpr Type kComityIncident{"Comity incident times", Family::part, "7.3",
                               kComityIncidentProperties};

constexpr std::string_view kNested = "property-extension";
constexpr KnownExtension kDefined[] = {
    {"extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d", &kTlp2Extension, kNested, true},
    {"extension-definition--ef765651-680c-498d-9894-99799f2fa126", &kIncidentCore, kNested, true},
    {"extension-definition--ab16168e-ab51-41f4-b5a5-7a2df56028ed", &kComity, kNested},
    {"extension-definition--4225bc95-72a8-45b1-8d01-96aaf9c612eb", &kComityIncident,
     "toplevel-property-extension"},
};

}  // namespace

constinit const std::span<const KnownExtension> kDefinedExtensions = kDefined;

}  // namespace comity::stix
