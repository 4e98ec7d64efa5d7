#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <span>
#include <string_view>

#include "stix/format.h"
#include "stix/vocabulary.h"

/// STIX 2.1 as tables: what the specification prints as one table a type stands in the files
/// schema_*.cc as one table a type, in the same order and with the number of its section. The
/// engine (object_check.h) reads the tables and knows no type by name; what no table can say stands
/// in object_rules.cc, one function a rule.
namespace comity::stix {

/// Which of the specification's chapters a type belongs to, and thereby its common properties.
enum class Family : std::uint8_t {
  domain,        ///< SDO, section 4
  relationship,  ///< SRO, section 5
  observable,    ///< SCO, section 6
  extension,     ///< extension-definition, section 7.3
  language,      ///< language-content, section 7.1
  marking,       ///< marking-definition, section 7.2
  bundle,        ///< section 8
  part,          ///< no object of its own: an external reference, an extension's contents
};

/// The types that the specification defines. Their places in this list are bits of `Targets`.
inline constexpr std::array<std::string_view, 43> kTypeNames = {
    "attack-pattern", "campaign", "course-of-action", "grouping", "identity", "incident",
    "indicator", "infrastructure", "intrusion-set", "location", "malware", "malware-analysis",
    "note", "observed-data", "opinion", "report", "threat-actor", "tool", "vulnerability",
    //
    "relationship", "sighting",
    //
    "artifact", "autonomous-system", "directory", "domain-name", "email-addr", "email-message",
    "file", "ipv4-addr", "ipv6-addr", "mac-addr", "mutex", "network-traffic", "process", "software",
    "url", "user-account", "windows-registry-key", "x509-certificate",
    //
    "extension-definition", "language-content", "marking-definition",
    //
    "bundle"};

/// The types of object that a reference may lead to.
struct Targets {
  std::uint64_t types = 0;      ///< a bit for each of kTypeNames
  bool custom = false;          ///< types that the specification does not define
  std::string_view words = {};  ///< for the sentence: "an identity"

  [[nodiscard]] constexpr bool holds(std::size_t type) const { return (types >> type & 1) != 0; }
};

/// The bits of some types; a name that is none of kTypeNames does not compile.
consteval std::uint64_t bits(std::initializer_list<std::string_view> names) {
  std::uint64_t set = 0;
  for (const auto name : names) {
    std::size_t i = 0;
    while (kTypeNames.at(i) != name) ++i;
    set |= std::uint64_t{1} << i;
  }
  return set;
}

consteval std::uint64_t bits_between(std::string_view first, std::string_view last) {
  return (bits({last}) << 1) - bits({first});
}

inline constexpr std::uint64_t kDomainTypes = bits_between("attack-pattern", "vulnerability");
inline constexpr std::uint64_t kRelationshipTypes = bits({"relationship", "sighting"});
inline constexpr std::uint64_t kObservableTypes = bits_between("artifact", "x509-certificate");
inline constexpr std::uint64_t kMetaTypes =
    bits_between("extension-definition", "marking-definition");

inline constexpr Targets kAnyObject{
    kDomainTypes | kRelationshipTypes | kObservableTypes | kMetaTypes, true, "a STIX object"};
inline constexpr Targets kDomainObject{kDomainTypes, true, "a domain object (SDO)"};
inline constexpr Targets kDomainOrObservable{kDomainTypes | kObservableTypes, true,
                                             "a domain object (SDO) or an observable (SCO)"};
inline constexpr Targets kObservable{kObservableTypes, true, "an observable (SCO)"};
inline constexpr Targets kObservableOrRelationship{kObservableTypes | kRelationshipTypes, true,
                                                   "an observable (SCO) or a relationship (SRO)"};

/// What kind of value a property has: the data types of section 2, and the few that only one
/// property has.
enum class Kind : std::uint8_t {
  text,
  boolean,
  integer,
  number,
  timestamp,
  version_time,  ///< `created`, `modified`: a timestamp to the millisecond at least
  whole_second,  ///< a timestamp without a fraction
  identifier,    ///< a reference to an object of Value::targets
  own_id,        ///< `id`
  type_name,     ///< `type`
  spec_version,  ///< "2.1"
  vocabulary,    ///< should be one of Value::vocabulary
  enumeration,   ///< must be one of Value::vocabulary
  hashes,
  hex,
  binary,
  dictionary,  ///< of Value::entries
  part,        ///< an object of Value::type
  extensions,
  marking_object,  ///< `definition` of a marking definition
  contents,        ///< of language content
  container,       ///< `objects` of observed data
  bundled,         ///< an object in a bundle
  anything,        ///< any value that STIX knows
  reserved,        ///< must not be there
};

/// What the values of a dictionary are.
enum class Entries : std::uint8_t { any, text, integer, integer_or_text, text_list };

struct Type;

struct Value {
  Kind kind = Kind::text;
  bool list = false;
  Format format = Format::any;  ///< of a text
  Entries entries = Entries::any;
  std::int64_t low = std::numeric_limits<std::int64_t>::min();   ///< of an integer or number
  std::int64_t high = std::numeric_limits<std::int64_t>::max();  ///< of an integer or number
  const Vocabulary* vocabulary = nullptr;
  const Type* type = nullptr;  ///< of a part
  Targets targets{};           ///< of a reference
  bool listed = false;         ///< of hashes: only by algorithms of section 10.7
};

enum class Need : std::uint8_t { required, recommended, optional, deprecated, forbidden };

/// A row of a table of properties.
struct Property {
  std::string_view name;
  Need need;
  Value value;
  /// Where the row does not stand in its type's own table.
  std::string_view section = {};
};

// The words that the tables are written in.

constexpr Property must(std::string_view name, Value value) {
  return {name, Need::required, value};
}
constexpr Property should(std::string_view name, Value value) {
  return {name, Need::recommended, value};
}
constexpr Property may(std::string_view name, Value value) { return {name, Need::optional, value}; }
constexpr Property deprecated(std::string_view name, Value value) {
  return {name, Need::deprecated, value};
}
constexpr Property reserved(std::string_view name) {
  return {name, Need::forbidden, {.kind = Kind::reserved}};
}

constexpr Value text(Format format = Format::any) { return {.format = format}; }
constexpr Value boolean() { return {.kind = Kind::boolean}; }
constexpr Value integer(std::int64_t low = std::numeric_limits<std::int64_t>::min(),
                        std::int64_t high = std::numeric_limits<std::int64_t>::max()) {
  return {.kind = Kind::integer, .low = low, .high = high};
}
constexpr Value number(std::int64_t low = std::numeric_limits<std::int64_t>::min(),
                       std::int64_t high = std::numeric_limits<std::int64_t>::max()) {
  return {.kind = Kind::number, .low = low, .high = high};
}
constexpr Value of_kind(Kind kind) { return {.kind = kind}; }
constexpr Value time() { return of_kind(Kind::timestamp); }
constexpr Value hashes() { return of_kind(Kind::hashes); }
constexpr Value listed_hashes() { return {.kind = Kind::hashes, .listed = true}; }
constexpr Value hex() { return of_kind(Kind::hex); }
constexpr Value binary() { return of_kind(Kind::binary); }
constexpr Value ref(Targets targets) { return {.kind = Kind::identifier, .targets = targets}; }
constexpr Value one_of(const Vocabulary& vocabulary) {
  return {.kind = Kind::enumeration, .vocabulary = &vocabulary};
}
constexpr Value word(const Vocabulary& vocabulary) {
  return {.kind = Kind::vocabulary, .vocabulary = &vocabulary};
}
constexpr Value dictionary(Entries entries = Entries::any) {
  return {.kind = Kind::dictionary, .entries = entries};
}
constexpr Value part(const Type& type) { return {.kind = Kind::part, .type = &type}; }
constexpr Value list(Value value) {
  value.list = true;
  return value;
}
consteval Targets types(std::initializer_list<std::string_view> names, std::string_view words) {
  return {bits(names), false, words};
}

inline constexpr Targets kArtifactOnly = types({"artifact"}, "an artifact");
inline constexpr Targets kFileOnly = types({"file"}, "a file");
inline constexpr Targets kFileOrDirectory = types({"file", "directory"}, "a file or a directory");
inline constexpr Targets kIdentityOnly = types({"identity"}, "an identity");

/// What must hold between the properties of one object.
enum class Relation : std::uint8_t {
  at_least_one,          ///< of the names
  at_least_one_own,      ///< of the type's own table or the first name, but not the second
  not_both,              ///< the first and the second
  needs,                 ///< the first is there only where all others are
  better_with,           ///< where the first is there, the second should be
  later,                 ///< the first is a later time than the second
  not_earlier,           ///< the first is not an earlier time than the second
  not_if_true,           ///< the second is not there where the first is true
  not_if_false,          ///< the second is not there where the first is false
  needed_if_true,        ///< the second is there where the first is true
  date_of_precision,     ///< the first, where it is a date, is as exact as the second says
  fits_unless_defanged,  ///< the first has the rule's format, unless `defanged` is true
};

struct Rule {
  Relation relation;
  std::array<std::string_view, 4> names;
  std::string_view section;
  std::string_view sentence;
  Format format = Format::any;
};

constexpr Rule not_earlier(std::string_view later, std::string_view earlier,
                           std::string_view section) {
  return {
      Relation::not_earlier,
      {later, earlier},
      section,
      "It must not be earlier than the beginning that the object states; swap or correct them."};
}
constexpr Rule later(std::string_view later, std::string_view earlier, std::string_view section) {
  return {Relation::later,
          {later, earlier},
          section,
          "It must be later than the beginning that the object states; swap or correct them."};
}
constexpr Rule needs(std::string_view name, std::string_view other, std::string_view section,
                     std::string_view sentence) {
  return {Relation::needs, {name, other}, section, sentence};
}

/// An extension that the specification, or a document named here, defines.
struct KnownExtension {
  std::string_view key;  ///< in `extensions`
  const Type* type;
  /// Of an extension by definition: the one type it is, and whether it has no other properties.
  std::string_view extension_type = {};
  bool closed = false;
};

/// A table of properties with its rules.
struct Type {
  std::string_view name;
  Family family;
  std::string_view section;  ///< of the table
  std::span<const Property> properties;
  std::span<const Rule> rules = {};
  std::span<const KnownExtension> extensions = {};  ///< predefined for this type
};

/// How a family uses a common property: the comparison table of section 3.2.
struct CommonProperty {
  Property property;
  std::array<Need, 7> need;  ///< by Family, but for parts
};

extern const std::span<const CommonProperty> kCommonProperties;
/// All types, in the order of kTypeNames.
extern const std::array<const Type*, kTypeNames.size()> kTypes;
/// Extensions by extension definition that Comity knows the schema of, by their id.
extern const std::span<const KnownExtension> kDefinedExtensions;

extern const Type kExternalReference;
extern const Type kGranularMarking;
extern const Type kKillChainPhase;

}  // namespace comity::stix
