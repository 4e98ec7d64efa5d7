#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "base/partial_date.h"

#include "text.h"
#include "verbs/stats.h"

namespace comity::cli {
namespace {

/// The date that an option gives; a refusal says which option it is.
Result<PartialDate> date_of(const std::string& flag, const std::string& text) {
  auto date = PartialDate::parse(text);
  if (!date) return std::unexpected(at_place(flag, date.error()));
  return date;
}

std::string in_capitals(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return text;
}

}  // namespace

Result<query::IncidentFilter> IncidentOptions::filter() const {
  query::IncidentFilter filter;
  if (!country.empty()) {
    const std::string code = in_capitals(country);
    if (code.size() != 2 || !std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; }))
      return refuse("country-malformed",
                    "Write the country by its two letters of ISO 3166-1, such as UA.");
    filter.country = code;
  }
  if (!source.empty()) filter.source = source;
  if (!from.empty()) {
    COMITY_TRY(const auto date, date_of("--from", from));
    filter.from = date.first_day();
  }
  if (!to.empty()) {
    COMITY_TRY(const auto date, date_of("--to", to));
    filter.to = date.last_day();
  }
  return filter;
}

Json IncidentOptions::json() const {
  Json json = Json::object();
  if (!country.empty()) json["country"] = in_capitals(country);
  if (!source.empty()) json["source"] = source;
  if (!from.empty()) json["from"] = from;
  if (!to.empty()) json["to"] = to;
  return json;
}

std::string IncidentOptions::heading(const ReadRegistry& registry, std::uint64_t size) const {
  std::string text = fmt::format("{}, the record of {}\n", printable(registry.trust.origin),
                                 counted(size, "entry", "entries"));
  std::vector<std::string> parts;
  if (!country.empty()) parts.push_back("with victims in " + in_capitals(country));
  if (!source.empty()) parts.push_back("with the source " + source);
  if (!from.empty()) parts.push_back("that may have begun in " + from + " or later");
  if (!to.empty()) parts.push_back("that may have begun in " + to + " or before");
  if (!parts.empty()) text += "  only incidents " + printable(joined(parts, ", ")) + "\n";
  return text;
}

void add_incident_options(CLI::App& verb, IncidentOptions& options) {
  add_named(verb, "--country", options.country, "COUNTRY",
            "Only incidents with victims in that country (UA)");
  add_named(verb, "--source", options.source, "NAME",
            "Only incidents with that source ('EuRepoC 1.1')");
  add_named(verb, "--from", options.from, "DATE",
            "Only incidents that may have begun then or later (2014, 2014-03, 2014-03-18)");
  add_named(verb, "--to", options.to, "DATE", "Only incidents that may have begun then or before");
}

}  // namespace comity::cli
