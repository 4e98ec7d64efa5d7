#include "views/gzip.h"

#include <limits>

#include <zlib.h>

namespace comity::views {
namespace {

constexpr int kLevel = 1;
constexpr int kGzipWindow = 15 + 16;  // zlib.h: the largest window, and 16 for a gzip header
constexpr int kMemory = 8;            // zlib's own choice

}  // namespace

Result<std::string> gzip(std::string_view text) {
  COMITY_ASSERT(text.size() < std::numeric_limits<uInt>::max());
  z_stream stream{};
  if (deflateInit2(&stream, kLevel, Z_DEFLATED, kGzipWindow, kMemory, Z_DEFAULT_STRATEGY) != Z_OK)
    return fail("There is no memory to compress a response");
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int ended = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (ended != Z_STREAM_END) return fail("A response could not be compressed");
  return out;
}

}  // namespace comity::views
