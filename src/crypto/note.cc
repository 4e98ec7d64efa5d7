#include "crypto/note.h"

#include <algorithm>

#include "base/limits.h"
#include "crypto/line_reader.h"

namespace comity::crypto {
namespace {

constexpr std::string_view kDash = "\u2014";
constexpr std::size_t kKeyIdBytes = 4;

std::unexpected<Error> malformed_note(std::string what) {
  return refuse("note-malformed", "The signed note " + std::move(what) + "; get it again.");
}

std::unexpected<Error> too_large() {
  return refuse("note-too-large",
                "The signed note has more than 65,536 bytes or 64 signatures; get one with fewer.");
}

/// What holds for the text of a note and for the whole of it (C2SP signed-note, "Format").
Result<void> check_characters(std::string_view text) {
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; };
  if (!is_utf8(text)) return malformed_note("is not UTF-8");
  if (std::any_of(text.begin(), text.end(), control))
    return malformed_note("has control characters");
  if (!text.ends_with('\n')) return malformed_note("does not end with a newline");
  return {};
}

Result<NoteSignature> parse_signature(std::string_view line) {
  if (!line.starts_with(kDash)) return malformed_note("has a signature line without an em dash");
  line.remove_prefix(kDash.size());
  if (!line.starts_with(' ')) return malformed_note("has a signature line without a space");
  line.remove_prefix(1);
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos)
    return malformed_note("has a signature line without signature");
  const std::string_view name = line.substr(0, space);
  if (!check_key_name(name)) return malformed_note("has a signature with a bad key name");
  const auto bytes = from_base64(line.substr(space + 1));
  if (!bytes) return malformed_note("has a signature that is not base64");
  if (bytes->size() <= kKeyIdBytes) return malformed_note("has a signature that is too short");
  return NoteSignature{.name = std::string(name),
                       .key_id = NoteKeyId{big_endian<std::uint32_t>(*bytes)},
                       .signature = to_bytes(ByteView(*bytes).subspan(kKeyIdBytes))};
}

bool is_by(const NoteSignature& signature, const Vkey& key) {
  return signature.key_id == key.id() && signature.name == key.name;
}

Result<void> check_unambiguous(std::span<const Vkey> known) {
  for (std::size_t i = 0; i < known.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (known[i].name == known[j].name && known[i].id() == known[j].id())
        return refuse("vkey-ambiguous",
                      "Two of the known verifier keys share name and key id; leave one out.");
  return {};
}

}  // namespace

Result<Note> parse_note(std::string_view bytes) {
  if (bytes.size() > limits::kNoteBytes) return too_large();
  COMITY_CHECK(check_characters(bytes));
  // The last empty line separates the text, which has empty lines of its own, from signatures.
  const std::size_t end = bytes.rfind("\n\n");
  if (end == std::string_view::npos) return malformed_note("has no blank line before signatures");
  Note note{.text = std::string(bytes.substr(0, end + 1)), .signatures = {}};
  LineReader lines(bytes.substr(end + 2));
  while (const auto line = lines.next()) {
    if (note.signatures.size() == limits::kNoteSignatures) return too_large();
    COMITY_TRY(auto signature, parse_signature(*line));
    note.signatures.push_back(std::move(signature));
  }
  if (note.signatures.empty()) return malformed_note("has no signature");
  return note;
}

std::string print(const Note& note) {
  std::string bytes = note.text + "\n";
  for (const NoteSignature& line : note.signatures) {
    Bytes signature;
    append_big_endian(signature, static_cast<std::uint32_t>(line.key_id));
    append(signature, line.signature);
    bytes.append(kDash).append(" ").append(line.name).append(" ");
    bytes.append(to_base64(signature)).append("\n");
  }
  return bytes;
}

Result<OpenedNote> open_note(std::string_view bytes, std::span<const Vkey> known) {
  COMITY_CHECK(check_unambiguous(known));
  COMITY_TRY(Note note, parse_note(bytes));
  std::vector<Vkey> verified;
  for (const NoteSignature& line : note.signatures) {
    const auto key = std::find_if(known.begin(), known.end(),
                                  [&line](const Vkey& vkey) { return is_by(line, vkey); });
    if (key == known.end()) continue;
    if (!verify(key->key, as_bytes(note.text), line.signature))
      return refuse("note-signature-invalid",
                    "A signature of a known key on the note is wrong; do not use the note, and "
                    "tell whoever runs the log.");
    if (std::find(verified.begin(), verified.end(), *key) == verified.end())
      verified.push_back(*key);
  }
  if (verified.empty())
    return refuse("note-unsigned",
                  "No known key signed the note; check that the verifier key is the right one.");
  return OpenedNote{.note = std::move(note), .verified = std::move(verified)};
}

Result<void> sign_note(Note& note, std::string_view name, const SecretKey& key) {
  COMITY_CHECK(check_characters(note.text));
  COMITY_TRY(const Vkey vkey, make_vkey(name, key.public_key()));
  std::vector<NoteSignature> signatures = note.signatures;
  std::erase_if(signatures,
                [&vkey](const NoteSignature& signature) { return is_by(signature, vkey); });
  const Signature signature = key.sign(as_bytes(note.text));
  signatures.push_back({.name = vkey.name, .key_id = vkey.id(), .signature = to_bytes(signature)});
  Note result{.text = note.text, .signatures = std::move(signatures)};
  if (result.signatures.size() > limits::kNoteSignatures ||
      print(result).size() > limits::kNoteBytes)
    return too_large();
  note = std::move(result);
  return {};
}

}  // namespace comity::crypto
