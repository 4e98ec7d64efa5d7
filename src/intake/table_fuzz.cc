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

#include "tests/fuzz_target.h"
#include "tests/intake/importer.h"

namespace {

using namespace comity;

}  // namespace

COMITY_FUZZ_TARGET(intake_table_fuzz)(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = as_text(std::as_bytes(std::span(data, size)));
  const std::size_t end = std::min(input.find('\x1D'), input.size());
  const auto map = intake::read_table_map(as_bytes(input.substr(0, end)));
  if (!map) return 0;
  const std::string_view csv = input.substr(std::min(end + 1, input.size()));
  const auto made = intake::import_table(as_bytes(csv), *map, intake::kImporter);
  if (!made) return 0;
  COMITY_ASSERT(made->problem_count == 0 || made->imported.objects.empty());
  codec::JsonReader reader;
  std::set<std::string> ids;
  for (const std::string& text : made->imported.objects) {
    const auto head = filing::read_object(as_bytes(text), reader);
    COMITY_ASSERT(head && head->creator == intake::kImporter.identity &&
                  ids.insert(head->id).second);
  }
  return 0;
}
