#pragma once

#include <string>

#include "views/registration.h"

#include "http_client.h"
#include "registry_directory.h"

namespace comity::cli {

/// A registry that is served elsewhere, and believed only as far as its proofs go.
class RemoteRegistry {
 public:
  [[nodiscard]] static Result<RemoteRegistry> open(const std::string& url, Trust trust);

  /// Files there and waits for the commit; sends again what got no answer, which is the same entry
  /// then. Both proofs of the answer are verified for `entry`, the filing's statement, with the
  /// trust: a server whose proofs are wrong is refused as their verification refuses. Refuses also
  /// what the server refuses.
  [[nodiscard]] Result<views::Filed> file(ByteView filing, ByteView entry);

 private:
  RemoteRegistry(HttpClient client, Trust trust)
      : client_(std::move(client)), trust_(std::move(trust)) {}

  HttpClient client_;
  Trust trust_;
};

}  // namespace comity::cli
