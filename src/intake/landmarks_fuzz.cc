// Reads any bytes as either data file. What is accepted gives objects that admission can read and
// the same ones again.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "codec/json.h"
#include "filing/object.h"
#include "intake/landmarks.h"
#include "intake/rulebooks.h"

#include "tests/fuzz_target.h"

namespace {

namespace intake = comity::intake;

void check_objects(const std::vector<std::string>& objects, const std::string& party) {
  comity::codec::JsonReader reader;
  for (const std::string& text : objects) {
    const auto head = comity::filing::read_object(comity::as_bytes(text), reader);
    COMITY_ASSERT(head.has_value());
    COMITY_ASSERT(head->creator == party && head->tlp == comity::filing::Tlp::clear);
  }
}

}  // namespace

COMITY_FUZZ_TARGET(intake_landmarks_fuzz)(const std::uint8_t* data, std::size_t size) {
  const comity::ByteView input = std::as_bytes(std::span(data, size));
  const intake::Importer importer{"identity--0c5e3b8a-6d3f-4b52-9c1e-5d1f6a2b7c90",
                                  comity::UnixMicros{1'750'000'000'000'000}};
  if (const auto record = intake::landmarks(input, importer)) {
    const auto again = intake::landmarks(input, importer);
    COMITY_ASSERT(again && again->common == record->common);
    check_objects(record->common, importer.identity);
    for (const intake::Case& made : record->cases) check_objects(made.objects, importer.identity);
  }
  if (const auto books = intake::rulebooks(input, importer))
    for (const intake::Case& made : *books) check_objects(made.objects, importer.identity);
  return 0;
}
