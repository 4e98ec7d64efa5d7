#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/error.h"

/// HTTP messages as values: a handler is a function from a request to a response and knows nothing
/// of sockets. RFC 9110.
namespace comity::views {

/// `remove` is DELETE.
enum class Method : std::uint8_t { get, head, post, remove, other };

/// Fields in the order in which they came; names in lower case, values without white space around
/// them.
class Fields {
 public:
  void add(std::string_view name, std::string value) {
    fields_.emplace_back(std::string(name), std::move(value));
  }
  /// The first of that name (in lower case); nothing where there is none.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const {
    for (const auto& [key, value] : fields_)
      if (key == name) return value;
    return std::nullopt;
  }
  [[nodiscard]] auto begin() const { return fields_.begin(); }
  [[nodiscard]] auto end() const { return fields_.end(); }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

struct Request {
  Method method = Method::get;
  std::string target;  ///< in origin form: "/taxii2/?limit=5"
  Fields fields;
  std::string body;
  std::string client = {};  ///< who asks, as limits count: an address or a network; may be empty
};

/// A body that is too long to be held whole. One reader, one thread at a time.
class BodySource {
 public:
  BodySource() = default;
  virtual ~BodySource() = default;
  BodySource(const BodySource&) = delete;
  BodySource& operator=(const BodySource&) = delete;

  /// Fills the buffer from its start; how many bytes, 0 at the end.
  [[nodiscard]] virtual Result<std::size_t> read(std::span<char> buffer) = 0;
  /// Whether reading waits for nothing: no file, no question to the record.
  [[nodiscard]] virtual bool is_at_hand() const { return false; }
  /// How many bytes there are in all, where that is known before they are read.
  [[nodiscard]] virtual std::optional<std::uint64_t> size() const { return std::nullopt; }
};

using Body = std::variant<std::string, std::unique_ptr<BodySource>>;

/// Content-Length, Date, Connection and what else belongs to the connection is added by the server.
/// For HEAD a handler answers as for GET; the server leaves the body out.
struct Response {
  unsigned status = 200;
  Fields fields;
  Body body;
};

}  // namespace comity::views
