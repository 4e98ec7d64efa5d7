#include "http_client.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include <curl/curl.h>

#include "crypto/decimal.h"

namespace comity::cli {
namespace {

constexpr long kConnectSeconds = 10;
/// A transfer that moves less than so many bytes a second for so long is given up.
constexpr long kSlowBytes = 64;
constexpr long kSlowSeconds = 60;
constexpr std::uint64_t kAnswerBytes = std::uint64_t{1} << 20;
constexpr int kTries = 6;
constexpr std::uint64_t kLongestPause = 10;

}  // namespace

/// One request and what has come of it so far.
struct HttpClient::Transfer {
  std::uint64_t limit = kAnswerBytes;
  HttpAnswer answer;
  curl_slist* fields = nullptr;
  bool too_large = false;

  Transfer() = default;
  ~Transfer() { curl_slist_free_all(fields); }
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* user) {
    auto& transfer = *static_cast<Transfer*>(user);
    const std::size_t bytes = size * count;
    transfer.too_large = transfer.answer.body.size() + bytes > transfer.limit;
    if (transfer.too_large) return 0;
    append(transfer.answer.body, std::string_view(data, bytes));
    return bytes;
  }

  static std::size_t on_field(char* data, std::size_t size, std::size_t count, void* user) {
    static_cast<Transfer*>(user)->answer.take_line({data, size * count});
    return size * count;
  }
};

bool is_url(std::string_view text) {
  return text.starts_with("http://") || text.starts_with("https://");
}

std::string HttpAnswer::field(const std::string& name) const {
  const auto found = fields.find(name);
  return found == fields.end() ? std::string{} : found->second;
}

void HttpAnswer::take_line(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (line.starts_with("HTTP/")) fields.clear();  // of an interim answer
  if (colon == std::string_view::npos || fields.size() >= kMostFields) return;
  std::string name(line.substr(0, colon));
  std::ranges::transform(name, name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  std::string_view value = line.substr(colon + 1);
  while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
  while (!value.empty() && (value.back() == '\n' || value.back() == '\r')) value.remove_suffix(1);
  fields[name] = std::string(value);
}

void HttpClient::Close::operator()(void* handle) const { curl_easy_cleanup(handle); }

Result<HttpClient> HttpClient::open(std::string url) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  while (url.ends_with('/')) url.pop_back();
  void* handle = ready == CURLE_OK ? curl_easy_init() : nullptr;
  if (handle == nullptr) return fail("libcurl can't be used");
  return HttpClient(std::move(url), handle);
}

void HttpClient::prepare(Transfer& transfer, const std::string& path) {
  void* handle = handle_.get();
  curl_easy_reset(handle);
  curl_easy_setopt(handle, CURLOPT_URL, (url_ + path).c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_PATH_AS_IS, 1L);
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
  curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, kSlowBytes);
  curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, kSlowSeconds);
  curl_easy_setopt(handle, CURLOPT_USERAGENT, "comity");
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, &Transfer::on_field);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &transfer);
}

Result<HttpAnswer> HttpClient::get(const Ask& ask) {
  Transfer transfer;
  prepare(transfer, ask.path);
  // An answer that says what is wrong may be longer than what was asked for.
  transfer.limit = std::max(ask.limit, kAnswerBytes);
  void* handle = handle_.get();
  if (ask.head) curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
  if (!ask.range.empty()) curl_easy_setopt(handle, CURLOPT_RANGE, ask.range.c_str());
  // A range is of the bytes as they lie, so nothing may be encoded.
  if (ask.range.empty() && !ask.head) curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "gzip");
  return perform(transfer, ask.path);
}

Result<HttpAnswer> HttpClient::post(const std::string& path, const std::string& type,
                                    ByteView body) {
  Transfer transfer;
  prepare(transfer, path);
  transfer.fields = curl_slist_append(nullptr, ("Content-Type: " + type).c_str());
  void* handle = handle_.get();
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, transfer.fields);
  curl_easy_setopt(handle, CURLOPT_POST, 1L);
  curl_easy_setopt(handle, CURLOPT_POSTFIELDS, as_text(body).data());
  curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  return perform(transfer, path);
}

Result<HttpAnswer> HttpClient::perform(Transfer& transfer, const std::string& path) {
  std::uint64_t pause = 1;
  for (int left = kTries - 1;; --left) {
    const auto done = perform_once(transfer, path);
    const unsigned status = transfer.answer.status;
    const bool busy = done && (status == 429 || status == 503);
    if (done && !busy) return std::move(transfer.answer);
    if (left == 0 || transfer.too_large) {
      if (!done) return std::unexpected<Error>(done.error());
      return std::move(transfer.answer);
    }
    const auto asked = crypto::parse_decimal(transfer.answer.field("retry-after"));
    std::this_thread::sleep_for(
        std::chrono::seconds(std::min(asked.value_or(pause), kLongestPause)));
    pause *= 2;
  }
}

Result<void> HttpClient::perform_once(Transfer& transfer, const std::string& path) {
  transfer.answer = {};
  const CURLcode code = curl_easy_perform(handle_.get());
  if (transfer.too_large) return fail(url_ + path + " is larger than it may be");
  if (code != CURLE_OK) return fail("Asking " + url_ + path + ": " + curl_easy_strerror(code));
  long status = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
  transfer.answer.status = static_cast<unsigned>(status);
  return {};
}

}  // namespace comity::cli
