#pragma once

#include "stix/schema.h"

/// The table of every type, by its name in the specification. kTypes of schema.h lists them in
/// order; whoever handles one type in particular names it from here.
namespace comity::stix {

// schema_domain.cc
extern const Type kAttackPattern;
extern const Type kCampaign;
extern const Type kCourseOfAction;
extern const Type kGrouping;
extern const Type kIdentity;
extern const Type kIncident;
extern const Type kIndicator;
extern const Type kInfrastructure;
extern const Type kIntrusionSet;
extern const Type kLocation;
extern const Type kMalware;
extern const Type kMalwareAnalysis;
extern const Type kNote;
extern const Type kObservedData;
extern const Type kOpinionObject;
extern const Type kReport;
extern const Type kThreatActor;
extern const Type kTool;
extern const Type kVulnerability;

// schema_meta.cc
extern const Type kRelationship;
extern const Type kSighting;
extern const Type kExtensionDefinition;
extern const Type kLanguageContent;
extern const Type kMarkingDefinition;
extern const Type kBundle;

// schema_observable.cc
extern const Type kArtifact;
extern const Type kAutonomousSystem;
extern const Type kDirectory;
extern const Type kDomainName;
extern const Type kEmailAddress;
extern const Type kEmailMessage;
extern const Type kFile;
extern const Type kIpv4Address;
extern const Type kIpv6Address;
extern const Type kMacAddress;
extern const Type kMutex;
extern const Type kNetworkTraffic;
extern const Type kProcess;
extern const Type kSoftware;
extern const Type kUrl;
extern const Type kUserAccount;
extern const Type kWindowsRegistryKey;
extern const Type kX509Certificate;

// schema_predefined.cc: the predefined extensions of observables
extern const Type kArchiveExtension;
extern const Type kNtfsExtension;
extern const Type kPdfExtension;
extern const Type kRasterImageExtension;
extern const Type kWindowsPeExtension;
extern const Type kHttpRequestExtension;
extern const Type kIcmpExtension;
extern const Type kSocketExtension;
extern const Type kTcpExtension;
extern const Type kWindowsProcessExtension;
extern const Type kWindowsServiceExtension;
extern const Type kUnixAccountExtension;

}  // namespace comity::stix
