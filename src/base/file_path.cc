#include "base/file_path.h"

#include <algorithm>

namespace comity {
namespace {

constexpr std::size_t kParts = 32;
constexpr std::size_t kPartBytes = 255;

bool is_safe(std::string_view part) {
  return !part.empty() && part.size() <= kPartBytes && part.front() != '.' &&
         std::ranges::all_of(part,
                             [](unsigned char c) { return c >= 0x20 && c != 0x7f && c != '\\'; });
}

}  // namespace

Result<std::vector<std::string_view>> path_parts(std::string_view path) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string_view part = path.substr(at, end - at);
    if (!is_safe(part) || parts.size() == kParts)
      return refuse("path-unsafe",
                    "The path must be relative, with at most 32 parts of at most 255 bytes, none "
                    "of them empty or beginning with a dot; ask for a path of that form.");
    parts.push_back(part);
    at = end + 1;
  }
  return parts;
}

}  // namespace comity
