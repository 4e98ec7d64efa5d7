#include <algorithm>
#include <cstdint>

#include "views/api_search.h"

#include "tests/fuzz_target.h"

/// Whatever an address asks a search for: it is refused, or is taken as it stands there, the
/// countries as two capital letters.
COMITY_FUZZ_TARGET(views_api_search_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  const std::string text = "/?" + std::string(reinterpret_cast<const char*>(data), size);
  const auto target = views::parse_target(text);
  if (!target) return 0;
  const auto parameters = views::ApiParameters::parse(*target, views::search_parameters());
  if (!parameters) {
    COMITY_ASSERT(parameters.error().refusal() != nullptr);
    return 0;
  }
  const auto request = views::search_request(*parameters);
  if (!request) {
    COMITY_ASSERT(request.error().refusal() != nullptr);
    return 0;
  }
  COMITY_ASSERT(request->words == parameters->text("q"));
  COMITY_ASSERT(request->filters.sectors == parameters->texts("sector"));
  COMITY_ASSERT(request->filters.countries.size() == parameters->texts("country").size());
  COMITY_ASSERT(std::ranges::all_of(request->filters.countries, [](const std::string& country) {
    return country.size() == 2 &&
           std::ranges::all_of(country, [](char c) { return c >= 'A' && c <= 'Z'; });
  }));
  const auto& from = request->filters.dates.from;
  COMITY_ASSERT((from ? from->text() : "") == parameters->text("from"));
  return 0;
}
