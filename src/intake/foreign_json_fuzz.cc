// Reads any bytes as the JSON files that others publish. What is accepted gives objects that
// admission can read, each id once.

#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>

#include "codec/json.h"
#include "filing/object.h"
#include "intake/kev.h"
#include "intake/misp_galaxy.h"

namespace {

using namespace comity;

const intake::Importer kImporter{"identity--0c5e3b8a-6d3f-4b52-9c1e-5d1f6a2b7c90",
                                 UnixMicros{1'750'000'000'000'000}};

void check(const Result<intake::Imported>& made) {
  if (!made) return;
  codec::JsonReader reader;
  std::set<std::string> ids;
  for (const std::string& text : made->objects) {
    const auto head = filing::read_object(as_bytes(text), reader);
    COMITY_ASSERT(head && head->creator == kImporter.identity && ids.insert(head->id).second);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView input = std::as_bytes(std::span(data, size));
  check(intake::misp_galaxy(input, kImporter));
  check(intake::kev(input, kImporter));
  return 0;
}
