#include "views/file_body.h"

#include <algorithm>
#include <cstring>

namespace comity::views {

Result<std::size_t> FileBody::read(std::span<char> buffer) {
  const std::uint64_t count = std::min<std::uint64_t>(buffer.size(), left_.size());
  if (count == 0) return 0U;
  COMITY_TRY(const auto bytes, files_->read_range(path_, left_.begin, count));
  if (!bytes) return fail(path_ + " has got shorter while it was read");
  if (check_) COMITY_CHECK(check_({left_.begin, left_.begin + count}));
  std::memcpy(buffer.data(), bytes->data(), bytes->size());
  left_.begin += count;
  return count;
}

}  // namespace comity::views
