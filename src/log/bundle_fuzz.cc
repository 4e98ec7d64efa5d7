// The first byte is the width; whatever then parses as a bundle is written again to the same bytes.

#include "log/bundle.h"

#include "tests/fuzz_target.h"

COMITY_FUZZ_TARGET(log_bundle_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  if (size == 0) return 0;
  const ByteView bundle(reinterpret_cast<const std::byte*>(data) + 1, size - 1);
  const auto entries = log::parse_bundle(bundle, data[0]);
  if (!entries) return 0;
  COMITY_ASSERT(entries->size() == data[0]);
  Bytes again;
  for (const ByteView entry : *entries) log::append_entry(again, entry);
  COMITY_ASSERT(equal(again, bundle));
  return 0;
}
