#pragma once

#include <memory>
#include <mutex>
#include <string>

#include <boost/asio/ssl/context.hpp>

#include "base/error.h"

namespace comity::server {

/// The certificate that new connections are served with; replaced while old ones go on. Any thread.
class TlsContext {
 public:
  /// Reads both PEM files and has newcomers served with them. Where that fails, which is a fault
  /// that names the file, nothing changes.
  Result<void> load(const std::string& certificate, const std::string& key);

  /// REQUIRES: load has succeeded once.
  [[nodiscard]] std::shared_ptr<boost::asio::ssl::context> current() const;

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<boost::asio::ssl::context> current_;
};

}  // namespace comity::server
