#include "crypto/vkey.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/bytes.h"
#include "base/limits.h"
#include "crypto/sha256.h"

namespace comity::crypto {
namespace {

/// White_Space of the Unicode character database beyond ASCII, in UTF-8. In well-formed UTF-8 a
/// character's bytes are found only where the character stands.
constexpr std::array<std::string_view, 19> kSpaces = {
    "\u0085", "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003",
    "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200a",
    "\u2028", "\u2029", "\u202f", "\u205f", "\u3000"};

bool is_key_name(std::string_view name) {
  if (name.empty() || name.size() > limits::kNameBytes || !is_utf8(name)) return false;
  const auto barred = [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == '+'; };
  if (std::any_of(name.begin(), name.end(), barred)) return false;
  return std::none_of(kSpaces.begin(), kSpaces.end(),
                      [name](std::string_view space) { return name.contains(space); });
}

Bytes typed_key(const Vkey& vkey) {
  Bytes bytes{static_cast<std::byte>(vkey.type)};
  append(bytes, vkey.key.bytes());
  return bytes;
}

std::string printed_id(const Vkey& vkey) {
  return fmt::format("{:08x}", static_cast<std::uint32_t>(vkey.id()));
}

std::unexpected<Error> malformed_vkey() {
  return refuse("vkey-malformed",
                "A verifier key is written as name, plus sign, eight lower-case hexadecimal "
                "digits, plus sign, base64; copy it again from where it was published.");
}

std::unexpected<Error> unsupported() {
  return refuse("vkey-type-unsupported",
                "Notes are signed and verified with Ed25519 keys (type 1) only; use such a key.");
}

}  // namespace

NoteKeyId Vkey::id() const {
  const std::byte newline{'\n'};
  const auto hash = sha256({as_bytes(name), ByteView(&newline, 1), typed_key(*this)});
  return NoteKeyId{big_endian<std::uint32_t>(hash)};
}

Result<void> check_key_name(std::string_view name) {
  if (is_key_name(name)) return {};
  return refuse("key-name-malformed",
                "A key name must not be empty or very long, and must have neither spaces, control "
                "characters nor plus signs; choose one like \"example.org/log\".");
}

Result<Vkey> make_vkey(std::string_view name, const PublicKey& key) {
  COMITY_CHECK(check_key_name(name));
  if (key.algorithm() != Algorithm::ed25519) return unsupported();
  return Vkey{.name = std::string(name), .type = NoteType::ed25519, .key = key};
}

std::string print(const Vkey& vkey) {
  return fmt::format("{}+{}+{}", vkey.name, printed_id(vkey), to_base64(typed_key(vkey)));
}

Result<Vkey> parse_vkey(std::string_view text) {
  const std::size_t name_end = text.find('+');
  if (name_end == std::string_view::npos) return malformed_vkey();
  const std::size_t id_end = text.find('+', name_end + 1);
  if (id_end == std::string_view::npos) return malformed_vkey();
  const std::string_view name = text.substr(0, name_end);
  const std::string_view id = text.substr(name_end + 1, id_end - name_end - 1);
  const bool lower_hex =
      id.size() == 8 && id.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  const auto typed = from_base64(text.substr(id_end + 1));
  if (!lower_hex || !typed || typed->empty()) return malformed_vkey();
  if (typed->front() != static_cast<std::byte>(NoteType::ed25519)) return unsupported();
  const auto key = PublicKey::from(Algorithm::ed25519, ByteView(*typed).subspan(1));
  if (!key) return malformed_vkey();
  COMITY_TRY(Vkey vkey, make_vkey(name, *key));
  if (printed_id(vkey) != id)
    return refuse("vkey-id-mismatch",
                  "The key id is not that of this name and key; the verifier key was altered.");
  return vkey;
}

}  // namespace comity::crypto
