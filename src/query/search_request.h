#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/partial_date.h"

#include "query/as_of.h"

/// What is sought in the record and what is found, as plain values.
namespace comity::query {

enum class SearchKind : std::uint8_t { incidents, actors, claims };

/// Whether what is only known to a month or a year counts where it may have been in a range of
/// dates, or only where it must have been.
enum class Certainty : std::uint8_t { may_have, must_have };

/// From the first day of `from` to the last of `to`. Incidents are dated by their beginning, claims
/// by the day of the claim; what has no date is in no range.
struct DateRange {
  std::optional<PartialDate> from = {};
  std::optional<PartialDate> to = {};
  Certainty certainty = Certainty::may_have;

  [[nodiscard]] bool is_open() const { return !from && !to; }
};

/// Every filter that is not empty must hold; of several countries (sectors ...) each must.
struct SearchFilters {
  DateRange dates = {};
  std::vector<std::string> countries = {};  ///< victims', ISO 3166-1
  std::vector<std::string> sectors = {};    ///< victims'
  std::vector<std::string> effects = {};
  std::vector<std::string> techniques = {};
  std::string response = {};  ///< not_searched, searched_none_found, found
  std::string actor = {};     ///< any name of one whom a claim names, or its STIX id
  std::string claimant = {};  ///< a name, or a STIX id
  std::string filed_by = {};  ///< a party's name, or its STIX id
  std::string source = {};    ///< how the name of the data set begins ("EuRepoC")
};

enum class SearchOrder : std::uint8_t {
  best,   ///< by relevance where there are words, else by date
  date,   ///< the latest first, those without a date last
  filed,  ///< the last filed first
};

struct SearchRequest {
  SearchKind kind = SearchKind::incidents;
  std::string words = {};
  SearchFilters filters = {};
  SearchOrder order = SearchOrder::best;
  AsOf as_of = {};
  std::string after = {};    ///< a page's `next`, for the page behind it; empty for the first
  std::uint32_t limit = 20;  ///< 1 to kHitsInPage
  bool facets = false;
};

inline constexpr std::uint32_t kHitsInPage = 1000;
inline constexpr std::size_t kSearchBytes = 1024;  ///< of the words, and of each filter
inline constexpr std::size_t kSearchWords = 16;

/// Why something was found; the first is the best.
enum class Relevance : std::uint8_t {
  name,      ///< a name is what was sought
  in_name,   ///< all words stand in its names
  actor,     ///< a claim names the actor sought, under whatever name
  in_text,   ///< the words stand in its text
  in_claim,  ///< the words stand in a claim about it
  none,      ///< nothing was sought
};

/// A date of the record: days since 1970-01-01, both ends included.
struct FoundDate {
  std::int64_t first = 0;
  std::int64_t last = 0;
  int precision = 2;  ///< 0 year, 1 month, 2 day
};

/// A claim in short, in the words of the record.
struct FoundClaim {
  std::string id;
  std::string claimant;             ///< empty where the record doesn't say who claims it
  std::vector<std::string> actors;  ///< whom it names
  std::string state;                ///< ISO 3166-1, empty where it names none
  std::string wording;
  bool is_reply = false;
  std::optional<FoundDate> date;
};

struct Hit {
  std::string id;  ///< STIX id
  std::uint64_t entry = 0;
  std::uint64_t ordinal = 0;
  UnixSeconds filed{};
  std::string filed_by;  ///< name of the party, or its id
  Relevance relevance = Relevance::none;
  std::string name;  ///< an incident's or actor's
  std::optional<FoundDate> start;
  std::optional<FoundDate> end;
  std::vector<std::string> countries;
  std::vector<std::string> sectors;
  std::vector<std::string> aliases;  ///< an actor's
  std::vector<std::string> joined;   ///< other names of an actor, by other objects of the record
  std::vector<FoundClaim> claims;    ///< about an incident, at most a few; a claim: itself
  std::uint64_t claim_count = 0;     ///< all about the incident
  std::string about;                 ///< a claim's incident
  std::string about_name;
};

struct FacetValue {
  std::string value;
  std::uint64_t count = 0;
};
struct Facet {
  std::string name;                ///< country, sector, effect, technique, claimant, year, response
  std::vector<FacetValue> values;  ///< the most frequent first
};

struct SearchPage {
  std::uint64_t size = 0;  ///< of the log, as of which it was searched
  std::vector<Hit> hits;
  std::uint64_t count = 0;      ///< how many are found in all
  bool count_is_least = false;  ///< there may be more: only the last filed were looked at
  std::string next;             ///< for the page behind it; empty at the end
  std::vector<Facet> facets;
  std::uint64_t facets_of = 0;      ///< how many of what is found the facets count
  bool facets_are_partial = false;  ///< and whether that isn't all
  /// The names under which an actor was sought that the words or the filter name, with its objects.
  std::vector<std::string> sought_names;
};

}  // namespace comity::query
