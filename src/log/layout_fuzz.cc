// Whatever parses as the path of a tile, bundle or segment is written again as the same path.

#include "base/bytes.h"
#include "log/layout.h"

#include "tests/fuzz_target.h"

COMITY_FUZZ_TARGET(log_layout_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  const std::string_view path(reinterpret_cast<const char*>(data), size);
  if (const auto tile = log::parse_tile_path(path))
    COMITY_ASSERT(std::visit([](const auto& id) { return log::path_of(id); }, *tile) == path);
  if (const auto segment = log::parse_segment_path(path))
    COMITY_ASSERT(log::path_of(*segment) == path);
  return 0;
}
