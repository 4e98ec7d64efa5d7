#include "log/epoch.h"

#include <fmt/format.h>

#include "crypto/decimal.h"
#include "crypto/sha256.h"
#include "log/layout.h"

namespace comity::log {
namespace {

constexpr std::string_view kFirstLine = "comity-epoch@v1\n";
constexpr std::uint64_t kEpochBytes = 256;
constexpr std::size_t kPlaceDigits = 64;

std::unexpected<Error> malformed_epoch() {
  return refuse("epoch-malformed",
                "The epoch file is not three lines as docs/formats/log.md has them; restore it, or "
                "adopt the directory with comity doctor --adopt if no other copy is written to.");
}

Result<PlaceDigest> place_of(const Files& files) {
  COMITY_TRY(const auto place, files.place());
  return crypto::digest_of<PlaceTag>(as_bytes(place));
}

}  // namespace

std::string print(const Epoch& epoch) {
  return fmt::format("{}{}\n{}\n", kFirstLine, epoch.number, to_hex(epoch.place.view()));
}

Result<Epoch> parse_epoch(std::string_view text) {
  if (!text.starts_with(kFirstLine)) return malformed_epoch();
  std::string_view rest = text.substr(kFirstLine.size());
  const std::size_t end = rest.find('\n');
  if (end == std::string_view::npos) return malformed_epoch();
  const auto number = crypto::parse_decimal(rest.substr(0, end));
  rest = rest.substr(end + 1);
  if (!number || *number == 0 || rest.size() != kPlaceDigits + 1) return malformed_epoch();
  const auto place = from_hex(rest.substr(0, kPlaceDigits));
  if (!place) return malformed_epoch();
  const Epoch epoch{.number = *number, .place = PlaceDigest::from(*place)};
  if (print(epoch) != text) return malformed_epoch();
  return epoch;
}

Result<Epoch> read_epoch(const Files& files) {
  COMITY_TRY(const auto bytes, files.read(kEpochPath, kEpochBytes));
  if (bytes) return parse_epoch(as_text(*bytes));
  return refuse("epoch-missing",
                "There is no epoch file in this directory, so it may be a copy; if no other copy "
                "is written to, adopt it with comity doctor --adopt.");
}

Result<Epoch> check_epoch(const Files& files) {
  COMITY_TRY(const Epoch epoch, read_epoch(files));
  COMITY_TRY(const PlaceDigest place, place_of(files));
  if (epoch.place == place) return epoch;
  return refuse("store-moved",
                "This directory was copied or moved since it was last written to; if no other copy "
                "is written to, adopt it with comity doctor --adopt.");
}

Result<Epoch> adopt(Files& files) {
  const auto before = read_epoch(files);
  if (!before && before.error().fault() != nullptr) return std::unexpected(before.error());
  COMITY_TRY(const PlaceDigest place, place_of(files));
  const Epoch next{.number = before ? before->number + 1 : 1, .place = place};
  COMITY_CHECK(files.replace(kEpochPath, as_bytes(print(next))));
  return next;
}

}  // namespace comity::log
