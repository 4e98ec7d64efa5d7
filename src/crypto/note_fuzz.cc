#include "base/error.h"
#include "crypto/note.h"

#include "tests/fuzz_target.h"

// What parses is written again byte for byte; opening never believes more keys than it knows.
COMITY_FUZZ_TARGET(crypto_note_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  static const crypto::Vkey known =
      crypto::parse_vkey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
          .value();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto note = crypto::parse_note(text);
  if (note) COMITY_ASSERT(crypto::print(*note) == text);
  const auto opened = crypto::open_note(text, std::span(&known, 1));
  if (opened) {
    COMITY_ASSERT(note && opened->note == *note);
    COMITY_ASSERT(opened->verified.size() == 1 && opened->verified.front() == known);
  }
  return 0;
}
