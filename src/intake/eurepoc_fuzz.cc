// Reads any bytes as the three files of EuRepoC, parted by the byte 0x1D. What is accepted gives
// objects that admission can read, each once, the same ones again, and nothing to file when all of
// it was filed.

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "codec/json.h"
#include "filing/object.h"
#include "intake/eurepoc.h"
#include "intake/versions.h"

#include "tests/fuzz_target.h"
#include "tests/intake/importer.h"

namespace {

using namespace comity;

std::string_view take(std::string_view& rest) {
  const std::size_t end = rest.find('\x1D');
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
  return part;
}

}  // namespace

COMITY_FUZZ_TARGET(intake_eurepoc_fuzz)(const std::uint8_t* data, std::size_t size) {
  std::string_view rest = as_text(std::as_bytes(std::span(data, size)));
  const std::string_view global = take(rest);
  const std::string_view attribution = take(rest);
  const intake::EurepocFiles files{as_bytes(global), as_bytes(attribution), as_bytes(rest)};
  const auto made = intake::eurepoc(files, intake::kImporter);
  if (!made) return 0;
  codec::JsonReader reader;
  std::map<std::string, intake::FiledVersion, std::less<>> filed;
  for (const std::string& text : made->objects) {
    const auto head = filing::read_object(as_bytes(text), reader);
    COMITY_ASSERT(head && head->creator == intake::kImporter.identity);
    const auto version = intake::filed_version(text);
    COMITY_ASSERT(version && filed.emplace(head->id, *version).second);
  }
  const auto again = intake::eurepoc(files, intake::kImporter);
  COMITY_ASSERT(again && again->objects == made->objects);
  const auto changes = intake::changes(
      again->objects, [&filed](std::string_view id) -> Result<std::optional<intake::FiledVersion>> {
        return filed.find(id)->second;
      });
  COMITY_ASSERT(changes && changes->objects.empty());
  return 0;
}
