#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "base/files.h"
#include "crypto/vkey.h"
#include "views/file_body.h"
#include "views/published_checkpoint.h"
#include "views/router.h"
#include "views/withheld.h"

namespace comity::views {

/// The log as any watchdog reads it, C2SP tlog-tiles and the public segments, straight from its
/// directory: /checkpoint, /tile/..., /segments/public/..., /log.vkey, /trust.json. What the
/// newest checkpoint does not cover is not there, nor is anything hidden; bytes on legal hold are
/// withheld (451). Any thread; what it is made of outlives it.
class Publication {
 public:
  struct Parts {
    const Files& files;
    const PublishedCheckpoint& checkpoint;
    Withheld& withheld;
    std::string vkey;
  };
  explicit Publication(Parts parts) : parts_(std::move(parts)) {}

  /// This must outlive the router.
  void add_to(Router& router);

 private:
  /// How much of the public segments a log of one size has.
  struct Extent {
    crypto::TreeSize size{};
    std::uint64_t rows = 0;
    std::uint32_t last_segment = 0;
    std::uint64_t last_end = 0;  ///< where the last segment's last record ends
  };

  /// What a range is of.
  struct Whole {
    std::uint64_t size = 0;
    std::vector<ByteRange> withheld;
    FileBody::Check check = {};
  };

  Result<Response> checkpoint() const;
  static Result<Response> serve_range(const Files& files, const Request& request, std::string path,
                                      const Whole& whole);
  /// An error about a range, with what the client must know to ask better.
  static Response explain(Response response, const Error& error, const Whole& whole);
  Result<Response> tile(const Call& call) const;
  // These fill in what they come to know of the whole, for answers that are none.
  Result<Response> segment_index(const Call& call, Whole& whole);
  Result<Response> segment(const Call& call, Whole& whole);
  Result<Response> trust() const;
  Result<Extent> extent();

  Parts parts_;
  std::mutex mutex_;
  Extent extent_;  ///< the last that was asked for
};

}  // namespace comity::views
