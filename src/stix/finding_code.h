#pragma once

#include <array>
#include <string_view>

/// The codes of all findings. They are stable: scripts and people look them up in
/// docs/reference/findings.md, and a test holds that page against kAll.
namespace comity::stix::code {

// The text.
inline constexpr std::string_view kJson = "stix-json";
inline constexpr std::string_view kDuplicateKey = "stix-duplicate-key";
inline constexpr std::string_view kTooDeep = "stix-too-deep";
inline constexpr std::string_view kTooLarge = "stix-too-large";
inline constexpr std::string_view kNull = "stix-null";

// The object.
inline constexpr std::string_view kVersion20 = "stix-version-20";
inline constexpr std::string_view kSpecVersion = "stix-spec-version";
inline constexpr std::string_view kTypeName = "stix-type-name";
inline constexpr std::string_view kCustomType = "stix-custom-type";
inline constexpr std::string_view kMissing = "stix-missing";
inline constexpr std::string_view kRecommended = "stix-recommended";
inline constexpr std::string_view kNotApplicable = "stix-not-applicable";
inline constexpr std::string_view kReserved = "stix-reserved";
inline constexpr std::string_view kDeprecated = "stix-deprecated";
inline constexpr std::string_view kPropertyName = "stix-property-name";
inline constexpr std::string_view kCustomProperty = "stix-custom-property";
inline constexpr std::string_view kCustomPrefix = "stix-custom-prefix";
inline constexpr std::string_view kRelation = "stix-relation";
inline constexpr std::string_view kOrder = "stix-order";

// Values.
inline constexpr std::string_view kKind = "stix-kind";
inline constexpr std::string_view kEmptyList = "stix-empty-list";
inline constexpr std::string_view kEmptyDictionary = "stix-empty-dictionary";
inline constexpr std::string_view kDictionaryKey = "stix-dictionary-key";
inline constexpr std::string_view kDictionaryValue = "stix-dictionary-value";
inline constexpr std::string_view kRange = "stix-range";
inline constexpr std::string_view kTimestamp = "stix-timestamp";
inline constexpr std::string_view kPrecision = "stix-timestamp-precision";
inline constexpr std::string_view kDatePrecision = "stix-date-precision";
inline constexpr std::string_view kEnumeration = "stix-enumeration";
inline constexpr std::string_view kVocabulary = "stix-vocabulary";
inline constexpr std::string_view kVocabularyForm = "stix-vocabulary-form";
inline constexpr std::string_view kHashName = "stix-hash-name";
inline constexpr std::string_view kHashAlgorithm = "stix-hash-algorithm";
inline constexpr std::string_view kHashValue = "stix-hash-value";
inline constexpr std::string_view kHex = "stix-hex";
inline constexpr std::string_view kBinary = "stix-binary";
inline constexpr std::string_view kFormat = "stix-format";
inline constexpr std::string_view kFormatAdvice = "stix-format-advice";

// Identifiers and references.
inline constexpr std::string_view kIdentifier = "stix-identifier";
inline constexpr std::string_view kIdType = "stix-id-type";
inline constexpr std::string_view kUuidCase = "stix-uuid-case";
inline constexpr std::string_view kUuidVersion = "stix-uuid-version";
inline constexpr std::string_view kUuidRandom = "stix-uuid-random";
inline constexpr std::string_view kDeterministicId = "stix-deterministic-id";
inline constexpr std::string_view kVersionedObservable = "stix-versioned-observable";
inline constexpr std::string_view kReferenceType = "stix-reference-type";
inline constexpr std::string_view kExternalId = "stix-external-id";
inline constexpr std::string_view kReferenceHash = "stix-reference-hash";
inline constexpr std::string_view kRelationshipTable = "stix-relationship-table";

// Single types.
inline constexpr std::string_view kPattern = "stix-pattern";
inline constexpr std::string_view kPatternAdvice = "stix-pattern-advice";
inline constexpr std::string_view kObservedObjects = "stix-observed-objects";
inline constexpr std::string_view kContainer = "stix-container";
inline constexpr std::string_view kLanguageContents = "stix-language-contents";
inline constexpr std::string_view kMarkingSelf = "stix-marking-self";
inline constexpr std::string_view kTlp = "stix-tlp";
inline constexpr std::string_view kMarkingObject = "stix-marking-object";
inline constexpr std::string_view kSelector = "stix-selector";
inline constexpr std::string_view kSelectorTarget = "stix-selector-target";
inline constexpr std::string_view kExtensionKey = "stix-extension-key";
inline constexpr std::string_view kExtensionType = "stix-extension-type";
inline constexpr std::string_view kCustomExtension = "stix-custom-extension";
inline constexpr std::string_view kRedefines = "stix-extension-redefines";
inline constexpr std::string_view kExtensionProperties = "stix-extension-properties";
inline constexpr std::string_view kBundle = "stix-bundle";
inline constexpr std::string_view kUuidReused = "stix-uuid-reused";
inline constexpr std::string_view kVersions = "stix-versions";
inline constexpr std::string_view kVariant = "stix-variant";

inline constexpr std::array kAll = {
    kJson,
    kDuplicateKey,
    kTooDeep,
    kTooLarge,
    kNull,
    kVersion20,
    kSpecVersion,
    kTypeName,
    kCustomType,
    kMissing,
    kRecommended,
    kNotApplicable,
    kReserved,
    kDeprecated,
    kPropertyName,
    kCustomProperty,
    kCustomPrefix,
    kRelation,
    kOrder,
    kKind,
    kEmptyList,
    kEmptyDictionary,
    kDictionaryKey,
    kDictionaryValue,
    kRange,
    kTimestamp,
    kPrecision,
    kDatePrecision,
    kEnumeration,
    kVocabulary,
    kVocabularyForm,
    kHashName,
    kHashAlgorithm,
    kHashValue,
    kHex,
    kBinary,
    kFormat,
    kFormatAdvice,
    kIdentifier,
    kIdType,
    kUuidCase,
    kUuidVersion,
    kUuidRandom,
    kDeterministicId,
    kVersionedObservable,
    kReferenceType,
    kExternalId,
    kReferenceHash,
    kRelationshipTable,
    kPattern,
    kPatternAdvice,
    kObservedObjects,
    kContainer,
    kLanguageContents,
    kMarkingSelf,
    kTlp,
    kMarkingObject,
    kSelector,
    kSelectorTarget,
    kExtensionKey,
    kExtensionType,
    kCustomExtension,
    kRedefines,
    kExtensionProperties,
    kBundle,
    kUuidReused,
    kVersions,
    kVariant,
};

}  // namespace comity::stix::code
