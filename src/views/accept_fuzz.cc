#include <array>
#include <cstdint>

#include "base/error.h"
#include "views/accept.h"
#include "views/byte_range.h"

#include "tests/fuzz_target.h"

/// Fields as clients may write them: what is chosen is one of those offered, a weight is at most 1,
/// a range lies within.
COMITY_FUZZ_TARGET(views_accept_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  const std::string_view field(reinterpret_cast<const char*>(data), size);
  static constexpr std::array<std::string_view, 2> kOffered{"application/taxii+json;version=2.1",
                                                            "text/html"};
  const auto chosen = views::choose(field, kOffered);
  COMITY_ASSERT(!chosen || *chosen < kOffered.size());
  for (const auto& range : views::parse_accept(field)) {
    COMITY_ASSERT(range.weight <= 1000);
    COMITY_ASSERT(!range.type.type.empty() && !range.type.subtype.empty());
  }
  (void)views::parse_media_type(field);
  (void)views::accepts_coding(field, "gzip");
  const auto range = views::parse_range(field, 1000);
  if (range && *range) COMITY_ASSERT((*range)->begin < (*range)->end && (*range)->end <= 1000);
  return 0;
}
