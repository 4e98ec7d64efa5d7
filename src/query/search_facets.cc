#include "query/search_facets.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "query/claims_about.h"

namespace comity::query {
namespace {

using log::Prepared;
using log::Query;

/// The facets that are codes of an incident.
struct CodeFacet {
  std::string_view name;
  std::string_view field;
};
constexpr std::array<CodeFacet, 4> kCodes{{{"country", "victims.countries"},
                                           {"sector", "victims.sectors"},
                                           {"effect", "effects"},
                                           {"technique", "techniques"}}};

/// Counts by value, the most frequent first, then by the value.
Facet facet_of(std::string_view name, const std::map<std::string, std::uint64_t>& counts) {
  Facet facet{.name = std::string(name), .values = {}};
  for (const auto& [value, count] : counts) facet.values.push_back({value, count});
  std::ranges::stable_sort(facet.values, std::greater<>(), &FacetValue::count);
  return facet;
}

Result<std::string> text_of(const Moment& moment, std::int64_t word) {
  COMITY_TRY(const auto find, moment.database->prepare("SELECT text FROM word WHERE id = ?1"));
  Query row(find, word);
  COMITY_TRY(const bool found, row.step());
  return found ? row.text(0) : std::string();
}

using WordCounts = std::unordered_map<std::int64_t, std::uint64_t>;

Result<Facet> named(const Moment& moment, std::string_view name, const WordCounts& words) {
  std::map<std::string, std::uint64_t> counts;
  for (const auto& [word, count] : words) {
    COMITY_TRY(const std::string text, text_of(moment, word));
    if (!text.empty()) counts[text] += count;
  }
  return facet_of(name, counts);
}

Result<Facet> count_codes(const Moment& moment, const CodeFacet& facet,
                          const std::vector<Found>& found) {
  WordCounts words;
  COMITY_TRY(const auto field, moment.word(facet.field));
  COMITY_TRY(const auto find,
             moment.database->prepare("SELECT value FROM fact WHERE version = ?1 AND field = ?2"));
  for (const Found& it : found) {
    if (!field) break;
    Query row(find, it.matched.version, *field);
    std::set<std::int64_t> values;
    while (true) {
      COMITY_TRY(const bool more, row.step());
      if (!more) break;
      if (values.insert(row.integer(0)).second) ++words[row.integer(0)];
    }
  }
  return named(moment, facet.name, words);
}

Result<Facet> count_responses(const Moment& moment, const std::vector<Found>& found) {
  WordCounts words;
  COMITY_TRY(const auto find, moment.database->prepare("SELECT response_search FROM incident "
                                                       "WHERE version = ?1"));
  for (const Found& it : found) {
    Query row(find, it.matched.version);
    COMITY_TRY(const bool is_there, row.step());
    if (is_there && !row.is_null(0)) ++words[row.integer(0)];
  }
  return named(moment, "response", words);
}

Facet count_years(const std::vector<Found>& found) {
  std::map<std::string, std::uint64_t> counts;
  for (const Found& it : found) {
    if (it.matched.date < 0) continue;
    const std::chrono::sys_days day{std::chrono::days(it.matched.date)};
    ++counts[std::to_string(static_cast<int>(std::chrono::year_month_day(day).year()))];
  }
  return facet_of("year", counts);
}

/// Names of claimants, whichever way a claim says them.
class Claimants {
 public:
  static Result<Claimants> of(const Moment& moment, SearchKind kind) {
    Claimants claimants(moment, kind);
    const bool of_claims = kind == SearchKind::claims;
    COMITY_TRY(
        claimants.claims_,
        moment.database->prepare(fmt::format(
            "SELECT c.version, c.made_by, c.made_by_name, {} FROM {} WHERE {}", own_voice("cv"),
            of_claims ? "claim c JOIN version cv ON cv.id = c.version" : kClaimsJoin,
            of_claims ? std::string("c.version = ?1 AND ?2 > 0")
                      : fmt::format("a.object = ?1 AND {}", kClaimIsShown))));
    COMITY_TRY(claimants.listed_,
               moment.database->prepare("SELECT w.text FROM fact f JOIN word w ON w.id = f.value "
                                        "WHERE f.version = ?1 AND f.field = ?2 AND w.text <> ''"));
    COMITY_TRY(const auto field, moment.word("claimants.name"));
    claimants.field_ = field.value_or(0);
    return claimants;
  }

  Result<void> count(const Found& found) {
    std::set<std::string> names;
    {
      Query row(claims_, kind_ == SearchKind::claims ? found.matched.version : found.matched.object,
                moment_.size);
      while (true) {
        COMITY_TRY(const bool more, row.step());
        if (!more) break;
        COMITY_CHECK(add_names(row, names));
      }
    }
    for (const std::string& name : names) ++counts_[name];
    return {};
  }

  [[nodiscard]] Facet facet() const { return facet_of("claimant", counts_); }

 private:
  Claimants(const Moment& moment, SearchKind kind) : moment_(moment), kind_(kind) {}

  Result<void> add_names(const Query& claim, std::set<std::string>& names) {
    if (!claim.is_null(2)) {
      names.insert(claim.text(2));
      return {};
    }
    bool are_listed = false;
    {
      Query row(listed_, claim.integer(0), field_);
      while (true) {
        COMITY_TRY(const bool more, row.step());
        if (!more) break;
        names.insert(row.text(0));
        are_listed = true;
      }
    }
    if (are_listed) return {};
    if (claim.is_null(1) && claim.is_null(3)) return {};
    const std::int64_t who = claim.is_null(1) ? claim.integer(3) : claim.integer(1);
    const auto known = named_.find(who);
    if (known != named_.end()) {
      names.insert(known->second);
      return {};
    }
    COMITY_TRY(const std::string name, moment_.name_of(who));
    named_.emplace(who, name);
    names.insert(name);
    return {};
  }

  Moment moment_;
  SearchKind kind_;
  Prepared claims_, listed_;
  std::int64_t field_ = 0;
  std::unordered_map<std::int64_t, std::string> named_;
  std::map<std::string, std::uint64_t> counts_;
};

}  // namespace

Result<std::vector<Facet>> count_facets(const Moment& moment, SearchKind kind,
                                        const std::vector<Found>& found) {
  std::vector<Facet> facets;
  if (kind == SearchKind::incidents)
    for (const CodeFacet& code : kCodes) {
      COMITY_TRY(facets.emplace_back(), count_codes(moment, code, found));
    }
  COMITY_TRY(auto claimants, Claimants::of(moment, kind));
  for (const Found& it : found) COMITY_CHECK(claimants.count(it));
  facets.push_back(claimants.facet());
  facets.push_back(count_years(found));
  if (kind == SearchKind::incidents) {
    COMITY_TRY(facets.emplace_back(), count_responses(moment, found));
  }
  return facets;
}

}  // namespace comity::query
