#include "stix/schema.h"

namespace comity::stix {
namespace {

constexpr Need kR = Need::required;
constexpr Need kO = Need::optional;
constexpr Need kX = Need::forbidden;  // "N/A"

constexpr Targets kMarkingOnly = types({"marking-definition"}, "a marking definition");

// Section 3.2: how each family uses each common property, in the columns of the specification's
// table (which has the markings before the extensions' family order of ours: see Family).
constexpr CommonProperty kCommon[] = {
    //                                                SDO SRO SCO Ext Lang Mark Bundle
    {may("type", of_kind(Kind::type_name)), {kR, kR, kR, kR, kR, kR, kR}},
    {may("spec_version", of_kind(Kind::spec_version)), {kR, kR, kO, kR, kR, kR, kX}},
    {may("id", of_kind(Kind::own_id)), {kR, kR, kR, kR, kR, kR, kR}},
    {may("created_by_ref", ref(kIdentityOnly)), {kO, kO, kX, kR, kO, kO, kX}},
    {may("created", of_kind(Kind::version_time)), {kR, kR, kX, kR, kR, kR, kX}},
    {may("modified", of_kind(Kind::version_time)), {kR, kR, kX, kR, kR, kX, kX}},
    {may("revoked", boolean()), {kO, kO, kX, kO, kO, kX, kX}},
    {may("labels", list(text())), {kO, kO, kX, kO, kO, kX, kX}},
    {may("confidence", integer(0, 100)), {kO, kO, kX, kX, kO, kX, kX}},
    {may("lang", text(Format::language)), {kO, kO, kX, kX, kX, kX, kX}},
    {may("external_references", list(part(kExternalReference))), {kO, kO, kX, kO, kO, kO, kX}},
    {may("object_marking_refs", list(ref(kMarkingOnly))), {kO, kO, kO, kO, kO, kO, kX}},
    {may("granular_markings", list(part(kGranularMarking))), {kO, kO, kO, kO, kO, kO, kX}},
    {may("defanged", boolean()), {kX, kX, kO, kX, kX, kX, kX}},
    {may("extensions", of_kind(Kind::extensions)), {kO, kO, kO, kX, kO, kO, kX}},
};

// Section 2.5.1.
constexpr Property kExternalReferenceProperties[] = {
    must("source_name", text()),    may("description", text()), may("url", text(Format::url)),
    may("hashes", listed_hashes()), may("external_id", text()),
};
constexpr Rule kExternalReferenceRules[] = {
    {Relation::at_least_one,
     {"description", "url", "external_id"},
     "2.5.2",
     "Beside `source_name` it must have a `description`, a `url` or an `external_id`."},
};

// Section 2.11.
constexpr Property kKillChainPhaseProperties[] = {
    must("kill_chain_name", text(Format::kill_chain_name)),
    must("phase_name", text(Format::kill_chain_name)),
};

// Section 7.2.3.1. That selectors resolve is checked by markings.h.
constexpr Property kGranularMarkingProperties[] = {
    may("lang", text(Format::language)),
    may("marking_ref", ref(kMarkingOnly)),
    must("selectors", list(text())),
};
constexpr Rule kGranularMarkingRules[] = {
    {Relation::at_least_one,
     {"lang", "marking_ref"},
     "7.2.3",
     "A granular marking must have either a `marking_ref` or a `lang`; add one."},
    {Relation::not_both,
     {"lang", "marking_ref"},
     "7.2.3",
     "A granular marking must not have both a `marking_ref` and a `lang`; make two of it."},
};

}  // namespace

const std::span<const CommonProperty> kCommonProperties = kCommon;

constinit const Type kExternalReference{"external-reference", Family::part, "2.5.1",
                                        kExternalReferenceProperties, kExternalReferenceRules};
constinit const Type kKillChainPhase{"kill-chain-phase", Family::part, "2.11",
                                     kKillChainPhaseProperties};
constinit const Type kGranularMarking{"granular-marking", Family::part, "7.2.3.1",
                                      kGranularMarkingProperties, kGranularMarkingRules};

}  // namespace comity::stix
