#include "server/journal.h"

#include <cstdio>

#include "base/time.h"

namespace comity::server {

void Journal::write(std::string_view event, Json more) {
  Json line{{"time", to_rfc3339(SystemClock().now())}, {"event", event}};
  line.update(more);
  const std::string text = line.dump(-1, ' ', true, Json::error_handler_t::replace) + "\n";
  const std::scoped_lock lock(mutex_);
  std::fwrite(text.data(), 1, text.size(), stderr);
}

}  // namespace comity::server
