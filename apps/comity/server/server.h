#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"

#include "server/environment.h"

namespace comity::server {

/// Listens, and runs connections until it is told to stop. Begun once.
///
/// SIGTERM and SIGINT drain: nobody new is let in, whoever waits is let go, requests under way are
/// answered, for `drain_time` at most; a second signal ends at once. SIGHUP reads the certificate
/// and the tokens again.
class Server {
 public:
  explicit Server(Environment& environment);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Binds every address of the settings and reads certificate and tokens. A fault names what
  /// failed.
  Result<void> open();
  /// "http://127.0.0.1:8080", each that it listens on, with the port that it was given.
  [[nodiscard]] std::vector<std::string> addresses() const;

  /// Serves, on the calling thread and as many others as the settings have, until it has drained.
  void run();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace comity::server
