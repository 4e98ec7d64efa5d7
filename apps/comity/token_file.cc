#include "token_file.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/limits.h"
#include "codec/json.h"
#include "filing/stix_id.h"

#include "disk_file.h"

namespace comity::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::int64_t kVersion = 1;
constexpr std::array<std::string_view, 2> kMembers{"version", "tokens"};
constexpr std::array<std::string_view, 6> kTokenMembers{
    "sha256", "party", "label", "created", "requests_per_second", "burst"};

std::unexpected<Error> malformed(const std::string& path, const std::string& what) {
  return refuse("tokens-malformed",
                path + " is not as `comity token` writes it: " + what +
                    "; restore it from a copy, or move it away and give out new tokens.");
}

template <std::size_t N>
bool has_only(const codec::JsonObject& json, const std::array<std::string_view, N>& known) {
  const auto is_known = [&](std::string_view key) {
    return std::ranges::find(known, key) != known.end();
  };
  return std::ranges::all_of(json.keys(), is_known);
}

/// A member that is a text; nothing where it is missing or something else.
std::optional<std::string> text_at(const codec::JsonObject& json, std::string_view key) {
  const auto text = json.text(key);
  if (!text || !*text) return std::nullopt;
  return std::string(**text);
}

std::optional<TokenHash> hash_at(const codec::JsonObject& json) {
  const auto text = text_at(json, "sha256");
  if (!text || text->size() != 2 * TokenHash::kSize) return std::nullopt;
  const auto bytes = from_hex(*text);
  if (!bytes || to_hex(*bytes) != *text) return std::nullopt;
  return TokenHash::from(*bytes);
}

/// False where the member is there and is no number from `least` on.
bool read_number(const codec::JsonObject& json, std::string_view key, std::int64_t least,
                 std::optional<std::uint64_t>& number) {
  if (!json.kind(key)) return true;
  const auto found = json.integer(key);
  if (!found || !*found || **found < least || **found > std::int64_t{kMostRequests}) return false;
  number = static_cast<std::uint64_t>(**found);
  return true;
}

std::optional<Token> parse_token(const codec::JsonObject& json) {
  const auto hash = hash_at(json);
  auto party = text_at(json, "party");
  auto label = text_at(json, "label");
  const auto time = text_at(json, "created");
  if (!has_only(json, kTokenMembers) || !hash || !party || !label || !time) return std::nullopt;
  const auto created = parse_timestamp(*time);
  if (!created || !filing::is_party_id(*party) || !is_token_label(*label)) return std::nullopt;
  Token token{.hash = *hash,
              .party = std::move(*party),
              .label = std::move(*label),
              .created = *created,
              .requests_per_second = {},
              .burst = {}};
  if (!read_number(json, "requests_per_second", 0, token.requests_per_second) ||
      !read_number(json, "burst", 1, token.burst))
    return std::nullopt;
  return token;
}

}  // namespace

std::string token_path(const std::string& directory) { return directory + "/private/tokens.json"; }

bool is_token_label(std::string_view text) {
  const auto is_control = [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; };
  return text.size() <= kLabelBytes && is_utf8(text) && std::ranges::none_of(text, is_control);
}

std::string print(const std::vector<Token>& tokens) {
  Json list = Json::array();
  for (const auto& token : tokens) {
    Json json{{"sha256", to_hex(token.hash.view())},
              {"party", token.party},
              {"label", token.label},
              {"created", to_rfc3339(token.created)}};
    if (token.requests_per_second) json["requests_per_second"] = *token.requests_per_second;
    if (token.burst) json["burst"] = *token.burst;
    list.push_back(std::move(json));
  }
  return Json{{"version", kVersion}, {"tokens", std::move(list)}}.dump(1) + "\n";
}

Result<std::vector<Token>> parse_tokens(ByteView bytes, const std::string& path) {
  codec::JsonReader reader;
  const auto json = reader.read(bytes);
  if (!json && json.error().fault() != nullptr) return std::unexpected<Error>(json.error());
  if (!json) return malformed(path, "it is no object in JSON, or has a member twice");
  const auto version = json->integer("version");
  const auto list = json->objects("tokens");
  if (!has_only(*json, kMembers) || !version || *version != kVersion || !list ||
      json->kind("tokens") != codec::JsonKind::kArray)
    return malformed(path, "it has other members than version, which is 1, and a list of tokens");
  if (list->size() > kMostTokens)
    return malformed(path, "it has more than " + std::to_string(kMostTokens) + " tokens");
  std::vector<Token> tokens;
  std::set<std::string> ids;
  for (const auto& it : *list) {
    auto token = parse_token(it);
    const std::string which = "token " + std::to_string(tokens.size() + 1);
    if (!token) return malformed(path, which + " has a member that is none, or lacks one");
    if (!ids.insert(id_of(token->hash)).second) return malformed(path, which + " is there twice");
    tokens.push_back(std::move(*token));
  }
  return tokens;
}

Result<std::vector<Token>> read_tokens(const std::string& path) {
  const auto bytes = read_file(path, limits::kObjectBytes);
  if (!bytes && bytes.error().code() == "file-missing" && !is_there(path))
    return std::vector<Token>{};
  if (!bytes) return std::unexpected<Error>(bytes.error());
  return parse_tokens(*bytes, path);
}

Result<HeldTokens> HeldTokens::open(const std::string& directory) {
  const std::string place = directory + "/private";
  if (!is_there(place))
    return refuse("file-missing", "There is no directory " + place +
                                      "; tokens are given out where the registry's keys are.");
  HeldTokens held{.path = token_path(directory), .lock = {}, .tokens = {}};
  COMITY_TRY(const auto files, open_directory(place));
  COMITY_TRY(held.lock, files->lock("tokens.lock"));
  COMITY_TRY(held.tokens, read_tokens(held.path));
  return held;
}

Result<void> HeldTokens::put() const {
  return put_file(path, as_bytes(print(tokens)), Readers::owner);
}

}  // namespace comity::cli
