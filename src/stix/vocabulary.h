#pragma once

#include <span>
#include <string_view>

namespace comity::stix {

/// An open vocabulary (values outside it are allowed, a SHOULD) or an enumeration (they are not) of
/// section 10. Which of the two is said by the property that uses it.
struct Vocabulary {
  std::string_view name;
  std::string_view section;
  std::span<const std::string_view> words;

  [[nodiscard]] bool holds(std::string_view word) const;
};

extern const Vocabulary kAccountType;
extern const Vocabulary kAttackMotivation;
extern const Vocabulary kAttackResourceLevel;
extern const Vocabulary kEncryptionAlgorithm;
extern const Vocabulary kExtensionType;
extern const Vocabulary kGroupingContext;
extern const Vocabulary kHashAlgorithm;
extern const Vocabulary kIdentityClass;
extern const Vocabulary kImplementationLanguage;
extern const Vocabulary kIndicatorType;
extern const Vocabulary kIndustrySector;
extern const Vocabulary kInfrastructureType;
extern const Vocabulary kMalwareCapabilities;
extern const Vocabulary kMalwareResult;
extern const Vocabulary kMalwareType;
extern const Vocabulary kMarkingType;
extern const Vocabulary kSocketAddressFamily;
extern const Vocabulary kSocketType;
extern const Vocabulary kOpinion;
extern const Vocabulary kPatternType;
extern const Vocabulary kProcessorArchitecture;
extern const Vocabulary kRegion;
extern const Vocabulary kReportType;
extern const Vocabulary kThreatActorType;
extern const Vocabulary kThreatActorRole;
extern const Vocabulary kThreatActorSophistication;
extern const Vocabulary kToolType;
extern const Vocabulary kIntegrityLevel;
extern const Vocabulary kPeBinaryType;
extern const Vocabulary kRegistryDatatype;
extern const Vocabulary kServiceStartType;
extern const Vocabulary kServiceType;
extern const Vocabulary kServiceStatus;

}  // namespace comity::stix
