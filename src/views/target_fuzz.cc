#include <algorithm>
#include <cstdint>
#include <string>

#include "base/bytes.h"
#include "views/target.h"

#include "tests/fuzz_target.h"

/// What is a target has a path that was decoded once: nothing in it is NUL, and a slash that was
/// encoded makes no segment.
COMITY_FUZZ_TARGET(views_target_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  const std::string text = views::origin_form({reinterpret_cast<const char*>(data), size});
  const auto target = views::parse_target(text);
  if (!target) {
    COMITY_ASSERT(target.error().refusal() != nullptr);
    return 0;
  }
  const auto slashes = std::count(text.begin(), text.end(), '/');
  COMITY_ASSERT(target->path.size() <= static_cast<std::size_t>(slashes));
  for (const auto& segment : target->path) {
    COMITY_ASSERT(segment.find('\0') == std::string::npos);
    COMITY_ASSERT(is_utf8(segment));
  }
  return 0;
}
