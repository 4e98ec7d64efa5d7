#include "keys.h"

#include <utility>

#include "disk_file.h"
#include "text.h"

namespace comity::cli {
namespace {

bool is_wrong_passphrase(const Error& error) { return error.code() == "key-file-not-opened"; }

}  // namespace

Result<crypto::KeyFile> read_key_file(const std::string& path) {
  COMITY_TRY(Bytes bytes, read_file(path, kSmallFileBytes));
  auto file = crypto::parse_key_file(as_text(bytes));
  crypto::wipe(bytes);
  if (!file) return std::unexpected<Error>(at_place(path, file.error()));
  return file;
}

Result<crypto::SecretKey> load_key(const std::string& path, Passphrases& passphrases) {
  COMITY_TRY(const auto file, read_key_file(path));
  if (!file.is_sealed()) return crypto::open_key_file(file, "");
  for (const auto& known : passphrases.known()) {
    auto key = crypto::open_key_file(file, known);
    if (key || !is_wrong_passphrase(key.error())) return key;
  }
  COMITY_TRY(auto passphrase, passphrases.ask(path));
  auto key = crypto::open_key_file(file, passphrase);
  crypto::wipe(passphrase);
  if (!key) return std::unexpected<Error>(at_place(path, key.error()));
  return key;
}

Result<std::string> print_key(const crypto::SecretKey& key, Sealing sealing,
                              const std::string& what, Passphrases& passphrases) {
  if (sealing == Sealing::plain) return crypto::print(crypto::plain_key_file(key));
  COMITY_TRY(auto passphrase, passphrases.choose(what));
  const auto file = crypto::seal_key_file(key, passphrase);
  crypto::wipe(passphrase);
  if (!file) return std::unexpected<Error>(file.error());
  return crypto::print(*file);
}

Result<void> save_key(const std::string& path, const crypto::SecretKey& key, Sealing sealing,
                      Passphrases& passphrases) {
  if (is_there(path))
    return refuse("file-exists", path + " is there already; name another file, or move it away.");
  COMITY_TRY(std::string text, print_key(key, sealing, path, passphrases));
  const auto made = make_file(path, as_bytes(text), Readers::owner);
  crypto::wipe(text);
  return made;
}

Result<crypto::PublicKey> read_public_key(const std::string& text_or_path) {
  if (is_there(text_or_path)) {
    COMITY_TRY(const auto file, read_key_file(text_or_path));
    return file.public_key;
  }
  const auto key = parse_public_key(text_or_path);
  if (!key)
    return std::unexpected<Error>(at_place(
        text_or_path + " is no file, so it is read as a COSE_Key in base64url", key.error()));
  return *key;
}

Result<crypto::PublicKey> parse_public_key(std::string_view text) {
  COMITY_TRY(const auto bytes, from_base64url(text));
  return codec::parse_cose_key(bytes);
}

Result<codec::KeyId> parse_key_id(std::string_view text) {
  const auto bytes = from_base64url(text);
  if (!bytes || bytes->size() != codec::KeyId::kSize)
    return refuse("key-id-malformed",
                  "A key's kid is 43 characters of base64url, as `comity key show` prints it; "
                  "copy it again, whole.");
  return codec::KeyId::from(*bytes);
}

std::string text_of(const codec::KeyId& kid) { return to_base64url(kid.view()); }

std::string text_of(const crypto::PublicKey& key) {
  return to_base64url(codec::write_cose_key(key));
}

}  // namespace comity::cli
