#include "crypto/key_file.h"

#include <algorithm>
#include <cerrno>
#include <optional>
#include <vector>

#include <fmt/format.h>
#include <sodium.h>

#include "crypto/decimal.h"
#include "crypto/line_reader.h"
#include "crypto/random.h"
#include "crypto/unsigned_bytes.h"

namespace comity::crypto {
namespace {

constexpr std::string_view kKeyFileMagic = "comity-key-file@v1";
constexpr std::size_t kMaxKeyFileBytes = 1024;

static_assert(crypto_pwhash_SALTBYTES == 16 && crypto_secretbox_NONCEBYTES == 24 &&
              crypto_secretbox_KEYBYTES == Secret::kSize &&
              crypto_secretbox_MACBYTES + Secret::kSize == 48);

bool within_bounds(const KeyFileCost& cost) {
  return cost.passes >= kLeastKeyFileCost.passes && cost.passes <= kGreatestKeyFileCost.passes &&
         cost.memory_kib >= kLeastKeyFileCost.memory_kib &&
         cost.memory_kib <= kGreatestKeyFileCost.memory_kib;
}

/// The key of the box.
Result<Secret> derive(const SealedSecret& sealed, std::string_view passphrase) {
  start_sodium();
  COMITY_ASSERT(within_bounds(sealed.cost));
  Secret key;
  if (crypto_pwhash(into(key.fill()), Secret::kSize, passphrase.data(), passphrase.size(),
                    raw(sealed.salt), sealed.cost.passes, sealed.cost.memory_kib * 1024,
                    crypto_pwhash_ALG_ARGON2ID13) != 0)
    return fail(
        fmt::format("There are not {} KiB of memory to open the key file.", sealed.cost.memory_kib),
        ENOMEM);
  return key;
}

std::unexpected<Error> malformed_key_file(std::string what) {
  return refuse("key-file-malformed",
                "The key file " + std::move(what) + "; restore it from a copy.");
}

std::vector<std::string_view> words(std::string_view line) {
  std::vector<std::string_view> parts;
  for (std::size_t space; (space = line.find(' ')) != std::string_view::npos;) {
    parts.push_back(line.substr(0, space));
    line.remove_prefix(space + 1);
  }
  parts.push_back(line);
  return parts;
}

template <std::size_t N>
bool read_base64(std::string_view text, std::array<std::byte, N>& to) {
  const auto bytes = from_base64(text);
  if (!bytes || bytes->size() != N) return false;
  std::copy(bytes->begin(), bytes->end(), to.begin());
  return true;
}

Result<PublicKey> parse_header(LineReader& lines) {
  if (lines.next() != kKeyFileMagic)
    return malformed_key_file("does not begin with comity-key-file@v1");
  const auto name = lines.next_after("algorithm");
  const auto algorithm = name ? algorithm_named(*name) : malformed_key_file("");
  if (!algorithm) return malformed_key_file("has no algorithm that is known");
  const auto key_line = lines.next_after("public-key");
  const auto bytes = key_line ? from_base64(*key_line) : malformed_key_file("");
  if (!bytes) return malformed_key_file("has no public key in base64");
  return PublicKey::from(*algorithm, *bytes);
}

Result<SealedSecret> parse_sealed(std::string_view line) {
  SealedSecret sealed;
  const auto parts = words(line);
  if (parts.size() != 5) return malformed_key_file("has not the five parts of a sealed secret");
  const auto passes = parse_decimal(parts[0]);
  const auto memory_kib = parse_decimal(parts[1]);
  if (!passes || !memory_kib) return malformed_key_file("has a cost that is not a number");
  sealed.cost = {.passes = *passes, .memory_kib = *memory_kib};
  if (!within_bounds(sealed.cost))
    return refuse("key-file-cost",
                  "The key file asks for 0 or more than 16 passes, or for less than 8 KiB or more "
                  "than 1 GiB of memory; do not open it unless you made it.");
  if (!read_base64(parts[2], sealed.salt) || !read_base64(parts[3], sealed.nonce) ||
      !read_base64(parts[4], sealed.box))
    return malformed_key_file("has a sealed secret that is not base64 of the right size");
  return sealed;
}

Result<Secret> parse_plain(std::string_view line) {
  auto bytes = from_base64(line);
  if (!bytes || bytes->size() != Secret::kSize)
    return malformed_key_file("has a plain secret that is not base64 of 32 bytes");
  Secret secret(*bytes);
  wipe(*bytes);
  return secret;
}

std::string printed_secret(const SealedSecret& sealed) {
  return fmt::format("sealed {} {} {} {} {}\n", sealed.cost.passes, sealed.cost.memory_kib,
                     to_base64(sealed.salt), to_base64(sealed.nonce), to_base64(sealed.box));
}

std::string printed_secret(const Secret& secret) {
  std::string text = to_base64(secret.reveal());
  std::string line = fmt::format("plain {}\n", text);
  wipe(text);
  return line;
}

}  // namespace

Result<KeyFile> seal_key_file(const SecretKey& key, std::string_view passphrase, KeyFileCost cost) {
  SealedSecret sealed{
      .cost = cost, .salt = random_bytes<16>(), .nonce = random_bytes<24>(), .box = {}};
  COMITY_TRY(const Secret box_key, derive(sealed, passphrase));
  const ByteView secret = key.secret().reveal();
  crypto_secretbox_easy(into(sealed.box), raw(secret), secret.size(), raw(sealed.nonce),
                        raw(box_key.reveal()));
  return KeyFile{.public_key = key.public_key(), .secret = sealed};
}

KeyFile plain_key_file(const SecretKey& key) {
  return {.public_key = key.public_key(), .secret = Secret(key.secret().reveal())};
}

Result<SecretKey> open_key_file(const KeyFile& file, std::string_view passphrase) {
  Secret secret;
  if (const auto* sealed = std::get_if<SealedSecret>(&file.secret)) {
    COMITY_TRY(const Secret box_key, derive(*sealed, passphrase));
    if (crypto_secretbox_open_easy(into(secret.fill()), raw(sealed->box), sealed->box.size(),
                                   raw(sealed->nonce), raw(box_key.reveal())) != 0)
      return refuse(
          "key-file-not-opened",
          "The key file does not open: the passphrase is wrong or the file is damaged; try "
          "again, or restore it from a copy.");
  } else {
    secret = Secret(std::get<Secret>(file.secret).reveal());
  }
  auto key = SecretKey::from(file.public_key.algorithm(), std::move(secret));
  if (!key || key->public_key() != file.public_key)
    return refuse("key-file-mismatch",
                  "The public key in the key file is not that of its secret; restore the file.");
  return key;
}

std::string print(const KeyFile& file) {
  std::string secret =
      std::visit([](const auto& form) { return printed_secret(form); }, file.secret);
  std::string text =
      fmt::format("{}\nalgorithm {}\npublic-key {}\n{}", kKeyFileMagic,
                  name_of(file.public_key.algorithm()), to_base64(file.public_key.bytes()), secret);
  wipe(secret);
  return text;
}

Result<KeyFile> parse_key_file(std::string_view text) {
  if (text.size() > kMaxKeyFileBytes) return malformed_key_file("has more than 1,024 bytes");
  LineReader lines(text);
  COMITY_TRY(const PublicKey public_key, parse_header(lines));
  const auto sealed_line = lines.next_after("sealed");
  const auto plain_line = sealed_line ? std::nullopt : lines.next_after("plain");
  if (!sealed_line && !plain_line) return malformed_key_file("has no secret, sealed or plain");
  if (!lines.rest().empty()) return malformed_key_file("goes on after the secret");
  if (sealed_line) {
    COMITY_TRY(const SealedSecret sealed, parse_sealed(*sealed_line));
    return KeyFile{.public_key = public_key, .secret = sealed};
  }
  COMITY_TRY(Secret secret, parse_plain(*plain_line));
  return KeyFile{.public_key = public_key, .secret = std::move(secret)};
}

}  // namespace comity::crypto
