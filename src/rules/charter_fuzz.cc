// Any bytes as each of the three notes that admission reads: what is read, written again and read
// again must be the same.

#include "rules/charter.h"
#include "rules/write_notes.h"

#include "tests/fuzz_target.h"

namespace comity::rules {
namespace {

const Authorship kBy{.uuid = "00000000-0000-4000-8000-000000000001",
                     .creator = "identity--00000000-0000-4000-8000-000000000001",
                     .time = UnixMicros{0}};

void read_all(ByteView object) {
  codec::JsonReader reader;
  if (const auto charter = parse_charter(object, reader)) {
    COMITY_ASSERT(charter->groups <= charter->sponsors);
    COMITY_ASSERT(parse_charter(write_charter(*charter, kBy), reader) == *charter);
  }
  if (const auto note = parse_key_note(object, reader)) {
    COMITY_ASSERT(note->key.has_value() == (note->action == KeyAction::add));
    COMITY_ASSERT(parse_key_note(write_key_note(*note, kBy), reader) == *note);
  }
  if (const auto note = parse_admission(object, reader))
    COMITY_ASSERT(parse_admission(write_admission(*note, kBy), reader) == *note);
}

}  // namespace
}  // namespace comity::rules

COMITY_FUZZ_TARGET(rules_charter_fuzz)(const std::uint8_t* data, std::size_t size) {
  comity::rules::read_all(std::as_bytes(std::span(data, size)));
  return 0;
}
