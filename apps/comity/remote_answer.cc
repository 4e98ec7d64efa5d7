#include "remote_answer.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "codec/json.h"

namespace comity::cli {
namespace {

/// Longer than any that a registry has.
constexpr std::size_t kCodeBytes = 64;

/// A text that is there and not empty.
std::optional<std::string> nonempty_text_at(const codec::JsonObject& json, std::string_view name) {
  const auto text = json.text(name);
  if (!text || !*text || (*text)->empty()) return std::nullopt;
  return std::string(**text);
}

std::optional<Bytes> bytes_at(const codec::JsonObject& json, std::string_view name) {
  const auto text = nonempty_text_at(json, name);
  auto bytes = text ? from_base64(*text) : Bytes{};
  if (!bytes || bytes->empty()) return std::nullopt;
  return *std::move(bytes);
}

/// It goes to terminals and programs as it stands.
bool is_code(std::string_view text) {
  return text.size() <= kCodeBytes && std::ranges::all_of(text, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

/// The server's refusal, by its own code.
std::optional<Refusal> refusal_in(ByteView body) {
  codec::JsonReader reader;
  const auto json = reader.read(body);
  if (!json) return std::nullopt;
  auto code = nonempty_text_at(*json, "code");
  auto detail = nonempty_text_at(*json, "detail");
  if (!code || !detail || !is_code(*code)) return std::nullopt;
  Refusal refusal;
  refusal.code = *std::move(code);
  refusal.sentence = *std::move(detail);
  return refusal;
}

}  // namespace

Result<FilingAnswer> parse_filing_answer(ByteView body, const std::string& url) {
  const auto unproved = [&] {
    return fail(url + " has filed it and gives no proofs; ask it again");
  };
  codec::JsonReader reader;
  const auto json = reader.read(body);
  if (!json) return unproved();
  auto receipt = bytes_at(*json, "receipt");
  const auto proof = bytes_at(*json, "tlog_proof");
  if (!receipt || !proof) return unproved();
  const auto already = json->boolean("already_filed");
  return FilingAnswer{.receipt = *std::move(receipt),
                      .tlog_proof = std::string(as_text(*proof)),
                      .already_filed = already && already->value_or(false)};
}

Error error_of(const HttpAnswer& answer, const std::string& url) {
  auto told = refusal_in(answer.body);
  if (told && answer.status >= 400 && answer.status < 500) return *std::move(told);
  return Fault{url + " answers with status " + std::to_string(answer.status) +
               (told ? ": " + told->sentence : "")};
}

}  // namespace comity::cli
