#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/error.h"

namespace comity::cli {

/// Whether a person has named a server rather than a directory.
[[nodiscard]] bool is_url(std::string_view text);

/// Fields of an answer beyond so many are passed over.
inline constexpr std::size_t kMostFields = 100;

/// What a server has answered, whatever its status.
struct HttpAnswer {
  unsigned status = 0;
  std::map<std::string, std::string> fields;  ///< names in lower case; of several the last
  Bytes body;

  [[nodiscard]] std::string field(const std::string& name) const;
  /// Takes one line of the head as it came, its end included: a field, or a status line, at which
  /// the fields of an interim answer are forgotten.
  void take_line(std::string_view line);
};

/// Asks one server over HTTP or HTTPS, whose certificate must be good. One thread; keeps its
/// connection. A server that can't be reached, breaks off or is too slow is a fault, after some
/// tries for what may be tried again; so is one that says it is busy for too long.
class HttpClient {
 public:
  /// `url` is what stands before each path, without a slash at its end.
  [[nodiscard]] static Result<HttpClient> open(std::string url);

  struct Ask {
    std::string path;         ///< "/checkpoint"
    std::string range{};      ///< "0-99", or none
    std::uint64_t limit = 0;  ///< more bytes of a body are a fault
    bool head = false;
  };
  [[nodiscard]] Result<HttpAnswer> get(const Ask& ask);
  /// For what is the same done twice: it is sent again where no answer came.
  [[nodiscard]] Result<HttpAnswer> post(const std::string& path, const std::string& type,
                                        ByteView body);

  [[nodiscard]] const std::string& url() const { return url_; }

 private:
  struct Close {
    void operator()(void* handle) const;
  };
  struct Transfer;
  HttpClient(std::string url, void* handle) : url_(std::move(url)), handle_(handle) {}

  void prepare(Transfer& transfer, const std::string& path);
  Result<HttpAnswer> perform(Transfer& transfer, const std::string& path);
  Result<void> perform_once(Transfer& transfer, const std::string& path);

  std::string url_;
  std::unique_ptr<void, Close> handle_;
};

}  // namespace comity::cli
