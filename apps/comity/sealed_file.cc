#include "sealed_file.h"

#include <utility>

#include <nlohmann/json.hpp>

#include "base/limits.h"
#include "codec/ordered_json.h"
#include "filing/manifest.h"

#include "disk_file.h"

namespace comity::cli {
namespace {

using Json = nlohmann::ordered_json;

/// Salts and base64 add a third.
constexpr std::uint64_t kSealedFileBytes = 2 * std::uint64_t{limits::kFilingBytes};

std::optional<Bytes> bytes_at(const Json& item, const char* name) {
  const auto found = item.find(name);
  if (found == item.end() || !found->is_string()) return std::nullopt;
  auto bytes = from_base64url(found->get<std::string>());
  if (!bytes) return std::nullopt;
  return std::move(*bytes);
}

std::optional<SealedItem> parse_item(const Json& json) {
  if (!json.is_object()) return std::nullopt;
  const auto ordinal = json.find("ordinal");
  auto salt = bytes_at(json, "salt");
  auto content = bytes_at(json, "content");
  if (ordinal == json.end() || !ordinal->is_number_unsigned() || !salt || !content ||
      salt->size() != filing::kSaltBytes)
    return std::nullopt;
  return SealedItem{ordinal->get<std::uint64_t>(), std::move(*salt), std::move(*content)};
}

}  // namespace

std::string print(const SealedFile& file) {
  Json items = Json::array();
  for (const auto& item : file.items)
    items.push_back({{"ordinal", item.ordinal},
                     {"salt", to_base64url(item.salt)},
                     {"content", to_base64url(item.content)}});
  const Json json{{"entry", file.entry ? Json(*file.entry) : Json(nullptr)},
                  {"items", std::move(items)}};
  return json.dump(1) + "\n";
}

Result<SealedFile> read_sealed_file(const std::string& path) {
  COMITY_TRY(const Bytes bytes, read_file(path, kSealedFileBytes));
  return parse_sealed_file(bytes, path);
}

Result<SealedFile> parse_sealed_file(ByteView bytes, const std::string& path) {
  const auto malformed =
      refuse("sealed-file-malformed",
             path + " is not what `comity file --sealed` keeps of sealed items; name that file.");
  const Json json = codec::parse_ordered(as_text(bytes));
  if (!json.is_object() || !json.contains("items") || !json["items"].is_array()) return malformed;
  SealedFile file;
  const auto entry = json.find("entry");
  if (entry != json.end() && entry->is_number_unsigned()) file.entry = entry->get<std::uint64_t>();
  for (const auto& it : json["items"]) {
    auto item = parse_item(it);
    if (!item) return malformed;
    file.items.push_back(std::move(*item));
  }
  return file;
}

}  // namespace comity::cli
