#include "record/fold_name.h"

namespace comity::record {

std::string fold_name(std::string_view name) {
  std::string folded;
  folded.reserve(name.size());
  for (const char c : name) {
    const bool is_upper = c >= 'A' && c <= 'Z';
    const bool is_kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
    if (is_upper) folded += static_cast<char>(c - 'A' + 'a');
    if (is_kept) folded += c;
  }
  return folded;
}

}  // namespace comity::record
