// Reads any bytes as a mapping file and a table, parted by the byte 0x1D. What is accepted without
// a problem gives objects that admission can read, each id once.

#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "codec/json.h"
#include "filing/object.h"
#include "intake/table.h"

namespace {

using namespace comity;

const intake::Importer kImporter{"identity--0c5e3b8a-6d3f-4b52-9c1e-5d1f6a2b7c90",
                                 UnixMicros{1'750'000'000'000'000}};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = as_text(std::as_bytes(std::span(data, size)));
  const std::size_t end = std::min(input.find('\x1D'), input.size());
  const auto map = intake::read_table_map(as_bytes(input.substr(0, end)));
  if (!map) return 0;
  const std::string_view csv = input.substr(std::min(end + 1, input.size()));
  const auto made = intake::import_table(as_bytes(csv), *map, kImporter);
  if (!made) return 0;
  COMITY_ASSERT(made->problem_count == 0 || made->imported.objects.empty());
  codec::JsonReader reader;
  std::set<std::string> ids;
  for (const std::string& text : made->imported.objects) {
    const auto head = filing::read_object(as_bytes(text), reader);
    COMITY_ASSERT(head && head->creator == kImporter.identity && ids.insert(head->id).second);
  }
  return 0;
}
