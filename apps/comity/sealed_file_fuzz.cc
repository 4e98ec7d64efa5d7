#include <cstddef>
#include <cstdint>
#include <span>

#include "base/bytes.h"
#include "filing/manifest.h"

#include "sealed_file.h"
#include "tests/fuzz_target.h"

// A file of sealed items that is read is written so that it is read as the same.
COMITY_FUZZ_TARGET(cli_sealed_file_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  const auto file = cli::parse_sealed_file(std::as_bytes(std::span(data, size)), "it");
  if (!file) {
    COMITY_ASSERT(file.error().code() == "sealed-file-malformed");
    return 0;
  }
  for (const auto& item : file->items) COMITY_ASSERT(item.salt.size() == filing::kSaltBytes);
  const std::string text = cli::print(*file);
  const auto again = cli::parse_sealed_file(as_bytes(text), "it");
  COMITY_ASSERT(again && cli::print(*again) == text);
  return 0;
}
