#include <cstddef>
#include <cstdint>
#include <span>

#include "filing/object.h"

#include "application_file.h"
#include "tests/fuzz_target.h"

// An application that is read asks for the party and the key that are in it, and is written so that
// it is read as the same.
COMITY_FUZZ_TARGET(cli_application_file_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  const auto application = cli::parse_application(std::as_bytes(std::span(data, size)), "it");
  if (!application) {
    COMITY_ASSERT(application.error().refusal() != nullptr);
    return 0;
  }
  const rules::AdmissionNote& note = application->admission;
  codec::JsonReader reader;
  const auto party = filing::read_object(application->identity, reader);
  COMITY_ASSERT(party && party->kind == filing::Kind::party && party->id == note.party);
  const auto key = rules::parse_key_note(application->key_note, reader);
  COMITY_ASSERT(key && key->party == note.party && key->kid == note.kid);
  COMITY_ASSERT(key->key && codec::key_id(*key->key) == note.kid);
  COMITY_ASSERT(note.decision == rules::Decision::admit);
  const std::string text = cli::print(*application, "0c5e3b8a-6d3f-4b52-9c1e-5d1f6a2b7c90");
  const auto again = cli::parse_application(as_bytes(text), "it");
  COMITY_ASSERT(again && again->admission == note);
  COMITY_ASSERT(again->identity == application->identity);
  COMITY_ASSERT(again->key_note == application->key_note);
  return 0;
}
