#include "query/incident_texts.h"

#include <algorithm>
#include <utility>

#include "base/partial_date.h"

namespace comity::query {
namespace {

/// The date that a filter gives; a refusal says which filter it is.
Result<PartialDate> date_of(const std::string& name, const std::string& text) {
  auto date = PartialDate::parse(text);
  if (date) return date;
  Error error = date.error();
  if (const Refusal* refusal = error.refusal())
    error = Refusal(refusal->code, name + ": " + refusal->sentence);
  return std::unexpected(std::move(error));
}

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

std::string in_capitals(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return text;
}

Result<IncidentFilter> IncidentTexts::filter(std::string_view before) const {
  IncidentFilter filter;
  if (!country.empty()) {
    const std::string code = in_capitals(country);
    if (code.size() != 2 || !std::ranges::all_of(code, is_capital))
      return refuse("country-malformed",
                    "Write the country by its two letters of ISO 3166-1, such as UA.");
    filter.country = code;
  }
  if (!source.empty()) filter.source = source;
  if (!from.empty()) {
    COMITY_TRY(const auto date, date_of(std::string(before) + "from", from));
    filter.from = date.first_day();
  }
  if (!to.empty()) {
    COMITY_TRY(const auto date, date_of(std::string(before) + "to", to));
    filter.to = date.last_day();
  }
  return filter;
}

Json IncidentTexts::json() const {
  Json json = Json::object();
  if (!country.empty()) json["country"] = in_capitals(country);
  if (!source.empty()) json["source"] = source;
  if (!from.empty()) json["from"] = from;
  if (!to.empty()) json["to"] = to;
  return json;
}

}  // namespace comity::query
