#pragma once

#include <mutex>
#include <string_view>

#include <nlohmann/json.hpp>

namespace comity::server {

/// What happens, for whoever runs the server: one line of JSON an event, on standard error, with
/// the time, the event's name and what belongs to it. Any thread.
class Journal {
 public:
  using Json = nlohmann::ordered_json;

  void write(std::string_view event, Json more = Json::object());

 private:
  std::mutex mutex_;
};

}  // namespace comity::server
