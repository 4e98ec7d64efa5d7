#include <array>
#include <cstdint>

#include "base/bytes.h"
#include "views/taxii_filters.h"

#include "tests/fuzz_target.h"

/// Whatever the parameters say: they are refused, or a page of at least one object is asked for,
/// and a place that was read is written as it stood.
COMITY_FUZZ_TARGET(views_taxii_filters_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  static constexpr std::array<std::string_view, 4> kFields{"id", "spec_version", "type", "version"};
  const std::string text = "/?" + std::string(reinterpret_cast<const char*>(data), size);
  const auto target = views::parse_target(text);
  if (!target) return 0;
  const auto filters = views::parse_taxii_filters(*target, kFields);
  if (!filters) {
    COMITY_ASSERT(filters.error().refusal() != nullptr);
    return 0;
  }
  COMITY_ASSERT(filters->limit > 0 && filters->limit <= views::kTaxiiPage);
  if (filters->published.behind)
    COMITY_ASSERT(views::print_next(*filters->published.behind) == target->find("next"));
  return 0;
}
