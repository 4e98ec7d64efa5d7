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

#include "tests/fuzz_target.h"
#include "tests/intake/importer.h"

namespace {

using namespace comity;

void check_import(const Result<intake::Imported>& made) {
  if (!made) return;
  codec::JsonReader reader;
  std::set<std::string> ids;
  for (const std::string& text : made->objects) {
    const auto head = filing::read_object(as_bytes(text), reader);
    COMITY_ASSERT(head && head->creator == intake::kImporter.identity &&
                  ids.insert(head->id).second);
  }
}

}  // namespace

COMITY_FUZZ_TARGET(intake_foreign_json_fuzz)(const std::uint8_t* data, std::size_t size) {
  const ByteView input = std::as_bytes(std::span(data, size));
  check_import(intake::misp_galaxy(input, intake::kImporter));
  check_import(intake::kev(input, intake::kImporter));
  return 0;
}
