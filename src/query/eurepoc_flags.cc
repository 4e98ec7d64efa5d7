#include "query/eurepoc_flags.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "base/error.h"

namespace comity::query {
namespace {

constexpr std::string_view kCategory = "attributed_initiator_category";
constexpr std::string_view kInitiatorCountry = "attributed_initiator_country";
constexpr std::string_view kBasis = "attribution_basis";
constexpr std::string_view kSelf = "Attacker confirms";

/// A claim of some attribution: which country it names, by code.
struct NamedCountry {
  std::uint32_t incident = 0;
  std::uint32_t attribution = 0;
  Column::Code country = 0;

  auto operator<=>(const NamedCountry&) const = default;
};

std::vector<NamedCountry> named_countries(const EurepocTables& tables) {
  const Table& rows = tables.attributions;
  const Column& countries = rows.column(kInitiatorCountry);
  const Marks known = countries.codes_where(is_known);
  std::vector<NamedCountry> all;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    if (tables.attribution_of[row] == EurepocTables::kNoAttribution) continue;
    for (const auto code : countries.of(row))
      if (known[code]) all.push_back({rows.incident_of(row), tables.attribution_of[row], code});
  }
  std::ranges::sort(all);
  return all;
}

/// Incidents with two attributions no country of which is the same.
Marks country_disagreement(const EurepocTables& tables) {
  const auto all = named_countries(tables);
  Marks marks(tables.incidents.incidents());
  const auto of_attribution = [&](const NamedCountry& it) {
    return std::ranges::equal_range(
        all, std::tuple(it.incident, it.attribution), {},
        [](const NamedCountry& other) { return std::tuple(other.incident, other.attribution); });
  };
  const auto first_of_attribution = [&](std::size_t i) {
    return i == 0 || all[i - 1].incident != all[i].incident ||
           all[i - 1].attribution != all[i].attribution;
  };
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!first_of_attribution(i)) continue;
    for (std::size_t j = i + 1; j < all.size() && all[j].incident == all[i].incident; ++j) {
      if (!first_of_attribution(j)) continue;
      const auto a = of_attribution(all[i]);
      const auto b = of_attribution(all[j]);
      const bool shared = std::ranges::any_of(a, [&](const NamedCountry& it) {
        return std::ranges::find(b, it.country, &NamedCountry::country) != b.end();
      });
      if (!shared) marks.set(all[i].incident);
    }
  }
  return marks;
}

/// The ids of the incidents marked.
Figures ids(const EurepocTables& tables, const Marks& marks) {
  const Column& names = tables.incidents.column("id");
  Figures list = Figures::array();
  for (const auto place : tables.order)
    if (marks[place]) list.push_back(std::string(names.first(place)));
  return list;
}

Figures rate(const Marks& group, const Marks& with_response) {
  const std::size_t answered = (group & with_response).count();
  return {{"incidents", group.count()},
          {"with_response", answered},
          {"pct", percent(answered, group.count())}};
}

/// Of the incidents on which responses were coded at all.
Figures coded_cohort(const EurepocTables& tables, const EurepocFlags& flags) {
  const Marks cohort = tables.incidents.incidents_where("impact_indicator", is_given);
  Figures figures{{"incidents", cohort.count()}};
  for (const auto* name :
       {"political", "legal", "any_response", "both_responses", "attributed", "attributed_state"})
    figures[name] = share((flags.of(name) & cohort).count(), cohort.count());
  const Marks by_state = flags.of("attributed_state") & cohort;
  const std::size_t answered = (by_state & flags.of("any_response")).count();
  figures["state_attributed"] = by_state.count();
  figures["state_attributed_with_response"] = answered;
  figures["state_attributed_with_response_pct"] = percent(answered, by_state.count());
  return figures;
}

}  // namespace

EurepocFlags::EurepocFlags(const EurepocTables& tables) {
  const Table& incidents = tables.incidents;
  const Table& claims = tables.attributions;
  const Marks with_category = claims.where(kCategory, is_known);
  const Marks by_itself = claims.where(kBasis, is(kSelf));
  const Marks by_another = claims.where(kBasis, is_known) & ~by_itself;
  const Marks attributed = claims.incidents_with(with_category);
  const Marks political = incidents.incidents_where("number_of_political_responses", is_above(0));
  const Marks legal = incidents.incidents_where("number_of_legal_responses", is_above(0));
  all = {
      {"has_attribution_record", incidents.incidents_where("number_of_attributions", is_above(0))},
      {"attributed", attributed},
      {"attributed_country", claims.incidents_where(kInitiatorCountry, is_known)},
      {"attributed_state", claims.incidents_where(kCategory, is_any_of({kStateCategories.begin(),
                                                                        kStateCategories.end()}))},
      {"attributed_state_strict", claims.incidents_where(kCategory, is("State"))},
      {"attributed_other_than_self", claims.incidents_with(with_category & by_another)},
      {"only_self_claimed", attributed & ~claims.incidents_with(with_category & ~by_itself)},
      {"contested_basis", claims.incidents_where(kBasis, is("Contested attribution"))},
      {"country_disagreement", query::country_disagreement(tables)},
      {"multi_attribution", incidents.incidents_where("number_of_attributions", is_above(1))},
      {"political", political},
      {"legal", legal},
      {"any_response", political | legal},
      {"both_responses", political & legal},
  };
}

const Marks& EurepocFlags::of(std::string_view name) const {
  const auto found = std::ranges::find(all, name, &Flag::name);
  COMITY_ASSERT(found != all.end());
  return found->incidents;
}

void add_eurepoc_flags(const EurepocTables& tables, Figures& figures) {
  const EurepocFlags flags(tables);
  const std::size_t incidents = tables.incidents.incidents();
  Figures counted = Figures::object();
  for (const auto& flag : flags.all)
    counted[std::string(flag.name)] = share(flag.incidents.count(), incidents);
  figures["flags"] = std::move(counted);

  const Marks& by_state = flags.of("attributed_state");
  const Marks& answered = flags.of("any_response");
  figures["response_rate"] = {{"attributed_state", rate(by_state, answered)},
                              {"not_attributed_state", rate(~by_state, answered)}};
  figures["state_attributed_without_any_response"] = (by_state & ~answered).count();
  figures["coded_cohort"] = coded_cohort(tables, flags);
  figures["response_ids"] = ids(tables, answered);
  figures["legal_type_without_count_ids"] =
      ids(tables, tables.incidents.incidents_where("legal_response_type", is_given) &
                      tables.incidents.incidents_where("number_of_legal_responses", is("0")));
  figures["country_disagreement_ids"] = ids(tables, flags.of("country_disagreement"));
  figures["contested_basis_ids"] = ids(tables, flags.of("contested_basis"));
}

}  // namespace comity::query
