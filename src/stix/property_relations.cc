#include <string>

#include "base/partial_date.h"
#include "stix/finding_code.h"
#include "stix/object_checker.h"

// The rules between the properties of one object: see Relation in schema.h.

namespace comity::stix {
namespace {

Timestamp time_at(const Members& members, int place) {
  return parse_time(members.at(static_cast<std::size_t>(place)).text());
}

bool is_true(const Members& members, std::size_t place) {
  return members.has(place) && members.at(place).boolean();
}

/// REQUIRES: both of the rule's times are there. What is no time is out of no order.
bool is_out_of_order(const Members& members, const IndexedRule& rule) {
  const Timestamp late = time_at(members, rule.places[0]);
  const Timestamp early = time_at(members, rule.places[1]);
  if (!late || !early) return false;
  const auto order = compare(late, early);
  return order < 0 || (order == 0 && rule.rule->relation == Relation::later);
}

/// Of the type's own properties, with the first of the rule and without the second.
bool has_none_of_its_own(const Members& members, const IndexedRule& rule) {
  Places own = members.type().own();
  if (rule.places[0] >= 0) own |= bit(static_cast<std::size_t>(rule.places[0]));
  if (rule.places[1] >= 0) own &= ~bit(static_cast<std::size_t>(rule.places[1]));
  return (members.present() & own) == 0;
}

/// REQUIRES: date and precision are there. What is no date, or no precision, differs from nothing.
bool is_of_other_precision(const Members& members, const IndexedRule& rule) {
  const auto text = [&](std::size_t i) {
    return members.at(static_cast<std::size_t>(rule.places[i])).text();
  };
  const auto date = PartialDate::parse(text(0));
  const std::string_view precision = text(1);
  const bool is_named = precision == "year" || precision == "month" || precision == "day";
  return date && is_named && date->precision_name() != precision;
}

}  // namespace

void ObjectChecker::check_rules(const Members& members, const Path& path) {
  if (members.has(kCreatedPlace) && members.has(kModifiedPlace) &&
      members.type().type().family != Family::part) {
    const auto created = parse_time(members.at(kCreatedPlace).text());
    const auto modified = parse_time(members.at(kModifiedPlace).text());
    if (created && modified && compare(modified, created) < 0)
      report_->error(code::kOrder, Path{&path, "modified"}, "3.2",
                     "`modified` must not be earlier than `created`.");
  }
  for (const auto& rule : members.type().rules()) {
    if (report_->done()) return;
    check_rule(members, rule, path);
  }
}

void ObjectChecker::check_rule(const Members& members, const IndexedRule& indexed,
                               const Path& path) {
  const Rule& rule = *indexed.rule;
  const auto has = [&](std::size_t i) {
    return indexed.places[i] >= 0 && members.has(static_cast<std::size_t>(indexed.places[i]));
  };
  const auto is = [&](std::size_t i, bool value) {
    if (!has(i)) return false;
    const JsonValue& found = members.at(static_cast<std::size_t>(indexed.places[i]));
    return found.is_bool() && found.boolean() == value;
  };
  const auto broken = [&](std::size_t at) {
    const Path here{&path, rule.names[at]};
    const bool order = rule.relation == Relation::later || rule.relation == Relation::not_earlier;
    const bool misses = rule.relation == Relation::needs || rule.relation == Relation::not_both;
    report_->error(order ? code::kOrder : code::kRelation, has(at) && !misses ? here : path,
                   rule.section, std::string(rule.sentence));
  };
  switch (rule.relation) {
    case Relation::at_least_one:
      if (!has(0) && !has(1) && !has(2) && !has(3)) broken(0);
      return;
    case Relation::at_least_one_own:
      if (has_none_of_its_own(members, indexed))
        report_->error(code::kRelation, path, rule.section, std::string(rule.sentence));
      return;
    case Relation::not_both:
      if (has(0) && has(1)) broken(1);
      return;
    case Relation::needs:
      if (has(0) && (!has(1) || (indexed.places[2] >= 0 && !has(2)))) broken(0);
      return;
    case Relation::better_with:
      if (has(0) && !has(1))
        report_->warning(code::kRecommended, path, rule.section, std::string(rule.sentence));
      return;
    case Relation::later:
    case Relation::not_earlier:
      if (has(0) && has(1) && is_out_of_order(members, indexed)) broken(0);
      return;
    case Relation::not_if_true:
      if (is(0, true) && has(1)) broken(1);
      return;
    case Relation::not_if_false:
      if (is(0, false) && has(1)) broken(1);
      return;
    case Relation::needed_if_true:
      if (is(0, true) && !has(1)) broken(1);
      return;
    case Relation::date_of_precision:
      if (has(0) && has(1) && is_of_other_precision(members, indexed))
        report_->warning(code::kDatePrecision, Path{&path, rule.names[0]}, rule.section,
                         std::string(rule.sentence));
      return;
    case Relation::fits_unless_defanged:
      if (has(0) && !is_true(members, kDefangedPlace))
        check_defangable(members.at(static_cast<std::size_t>(indexed.places[0])), rule, path);
      return;
  }
}

void ObjectChecker::check_defangable(const JsonValue& value, const Rule& rule, const Path& path) {
  if (value.is_string())
    check_format(rule.format, value.text(), rule.section, Path{&path, rule.names[0]});
}

}  // namespace comity::stix
