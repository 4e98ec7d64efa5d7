#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "crypto/secret_key.h"
#include "crypto/vkey.h"

/// Signed notes (C2SP signed-note).
namespace comity::crypto {

/// One signature line, `— <name> base64(key id || signature)`; not yet verified.
struct NoteSignature {
  std::string name;
  NoteKeyId key_id{};
  Bytes signature;  // at least one byte

  bool operator==(const NoteSignature&) const = default;
};

/// A note as it is written. The text ends with a newline and must not be believed before a
/// signature is verified.
struct Note {
  std::string text;
  std::vector<NoteSignature> signatures;

  bool operator==(const Note&) const = default;
};

/// A note of which at least one known key's signature was verified, and none failed.
struct OpenedNote {
  Note note;                   // with all its signatures, known or not, to be written again
  std::vector<Vkey> verified;  // the known keys that signed, each once, in the order of the lines
};

/// Only the form; verifies nothing. Refuses `note-malformed` (not UTF-8, a control character other
/// than newline, no blank line, no signature, a bad signature line: each key name as
/// check_key_name, strict base64 of more than four bytes), and `note-too-large` above
/// limits::kNoteBytes or limits::kNoteSignatures.
[[nodiscard]] Result<Note> parse_note(std::string_view bytes);

/// The inverse of parse_note. REQUIRES: the note came from parse_note or sign_note.
[[nodiscard]] std::string print(const Note& note);

/// Verifies every signature whose name and key id are those of a known key, and ignores the others.
/// Refuses as parse_note; `note-signature-invalid` if one of a known key fails;
/// `note-unsigned` if no known key signed; `vkey-ambiguous` if two known keys share name and id.
[[nodiscard]] Result<OpenedNote> open_note(std::string_view bytes, std::span<const Vkey> known);

/// Adds a signature under the name; lines that are there stay, except one of the same name and
/// key id, which is replaced. Refuses `note-malformed` for a text that no note can have,
/// `key-name-malformed`, `vkey-type-unsupported` for a key that is not Ed25519, and
/// `note-too-large`.
[[nodiscard]] Result<void> sign_note(Note& note, std::string_view name, const SecretKey& key);

}  // namespace comity::crypto
