#include "views/publication.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/limits.h"
#include "log/bundle.h"
#include "log/layout.h"
#include "log/segment_reader.h"
#include "views/accept.h"
#include "views/gzip.h"
#include "views/withheld_field.h"

namespace comity::views {
namespace {

constexpr std::string_view kBytes = "application/octet-stream";
constexpr std::string_view kPlainText = "text/plain; charset=utf-8";
constexpr std::string_view kForEver = "public, max-age=31536000, immutable";

std::unexpected<Error> nothing_there() {
  return refuse("resource-unknown",
                "The log has no such file at the size of its newest checkpoint; read /checkpoint.");
}

Response file_response(std::string_view type, std::string_view caching) {
  Response response;
  response.fields.add("content-type", std::string(type));
  response.fields.add("cache-control", std::string(caching));
  return response;
}

/// Whether a log of that size has the tile, or had it at an earlier size.
bool has(crypto::TreeSize size, const log::TileId& tile) {
  const auto now = log::tile_at(size, tile.level, tile.index);
  return now && tile.width <= now->width;
}
bool has(crypto::TreeSize size, const log::BundleId& bundle) {
  const auto now = log::bundle_at(size, bundle.index);
  return now && bundle.width <= now->width;
}

Result<void> check_withheld(const std::vector<ByteRange>& withheld, const ByteRange& range) {
  for (const ByteRange& held : withheld)
    if (held.begin < range.end && range.begin < held.end)
      return refuse("content-not-shown",
                    fmt::format("Bytes {} to {} of this segment are on legal hold and are not "
                                "given out; ask for ranges around what the Withheld field lists.",
                                held.begin, held.end - 1));
  return {};
}

}  // namespace

/// The whole of a file, or the range of it that was asked for.
Result<Response> Publication::serve_range(const Files& files, const Request& request,
                                          std::string path, const Whole& whole) {
  ByteRange range{0, whole.size};
  // Without validators of ours no If-Range can match, and then all is sent: section 13.1.5.
  const auto field = request.fields.find("range");
  const bool asked = field && request.method == Method::get && !request.fields.find("if-range");
  std::optional<ByteRange> part;
  if (asked) {
    COMITY_TRY(part, parse_range(*field, whole.size));
    if (part) range = *part;
  }
  COMITY_CHECK(check_withheld(whole.withheld, range));
  Response response = file_response(kBytes, "no-cache");
  response.fields.add("accept-ranges", "bytes");
  if (part) {
    response.status = 206;
    response.fields.add("content-range", content_range(range, whole.size));
  }
  response.body = std::make_unique<FileBody>(files, std::move(path), range, whole.check);
  return response;
}

Response Publication::explain(Response response, const Error& error, const Whole& whole) {
  if (error.code() == "range-unsatisfiable")  // section 15.5.17
    response.fields.add("content-range", fmt::format("bytes */{}", whole.size));
  if (error.code() == "content-not-shown")
    response.fields.add("withheld", print_withheld(whole.withheld));
  return response;
}

void Publication::add_to(Router& router) {
  router.add(Method::get, "/checkpoint", [this](const Call&) { return checkpoint(); });
  router.add(Method::get, "/tile/{path*}", [this](const Call& call) { return tile(call); });
  const auto ranged = [this, &router](auto serve) {
    return [this, &router, serve](const Call& call) -> Result<Response> {
      Whole whole;
      auto response = (this->*serve)(call, whole);
      if (response) return response;
      return explain(router.error(call.request.target, response.error()), response.error(), whole);
    };
  };
  router.add(Method::get, "/segments/public/index", ranged(&Publication::segment_index));
  router.add(Method::get, "/segments/public/{name}", ranged(&Publication::segment));
  router.add(Method::get, "/log.vkey", [this](const Call&) -> Result<Response> {
    Response response = file_response(kPlainText, "public, max-age=3600");
    response.body = parts_.vkey + "\n";
    return response;
  });
  router.add(Method::get, "/trust.json", [this](const Call&) { return trust(); });
}

Result<Response> Publication::checkpoint() const {
  const auto published = parts_.checkpoint.newest();
  Response response = file_response(kPlainText, "no-cache");
  response.body = published->note;
  return response;
}

Result<Response> Publication::tile(const Call& call) const {
  std::string path = "tile";
  for (const auto& segment : call.captures) path.append("/").append(segment);
  COMITY_TRY(const auto id, log::parse_tile_path(path));
  const auto published = parts_.checkpoint.newest();
  const crypto::TreeSize size = published->head.size;
  if (!std::visit([&](const auto& tile) { return has(size, tile); }, id)) return nothing_there();
  COMITY_TRY(const auto bytes, parts_.files.read(path, log::kBundleBytes));
  if (!bytes) return nothing_there();
  Response response = file_response(kBytes, kForEver);
  response.body = std::string(as_text(*bytes));
  if (!std::holds_alternative<log::BundleId>(id)) return response;
  response.fields.add("vary", "Accept-Encoding");
  if (!accepts_coding(call.request.fields.find("accept-encoding"), "gzip")) return response;
  COMITY_TRY(response.body, gzip(as_text(*bytes)));
  response.fields.add("content-encoding", "gzip");
  return response;
}

Result<Publication::Extent> Publication::extent() {
  const auto published = parts_.checkpoint.newest();
  {
    const std::scoped_lock lock(mutex_);
    if (extent_.rows > 0 && extent_.size == published->head.size) return extent_;
  }
  COMITY_TRY(const auto segments, log::SegmentReader::open(parts_.files, log::SegmentKind::visible,
                                                           published->head.size));
  Extent extent{.size = published->head.size, .rows = segments.records()};
  if (extent.rows == 0) return extent;
  COMITY_TRY(const auto last, segments.row(extent.rows - 1));
  extent.last_segment = last.segment;
  extent.last_end = last.offset + last.size;
  const std::scoped_lock lock(mutex_);
  extent_ = extent;
  return extent;
}

Result<Response> Publication::segment_index(const Call& call, Whole& whole) {
  COMITY_TRY(const auto extent, this->extent());
  whole.size = extent.rows * log::kIndexRow;
  return serve_range(parts_.files, call.request, log::index_path(log::SegmentKind::visible), whole);
}

Result<Response> Publication::segment(const Call& call, Whole& whole) {
  std::string path = "segments/public/" + call.captures[0];
  COMITY_TRY(const auto id, log::parse_segment_path(path));
  COMITY_TRY(const auto extent, this->extent());
  if (extent.rows == 0 || id.number > extent.last_segment) return nothing_there();
  if (id.number == extent.last_segment) {
    whole.size = extent.last_end;
  } else {
    COMITY_TRY(const auto size, parts_.files.size(path));
    if (!size) return nothing_there();
    whole.size = *size;
  }
  COMITY_TRY(whole.withheld, parts_.withheld.in_segment(id.number, extent.size));
  whole.check = [this, number = id.number](const ByteRange& piece) -> Result<void> {
    COMITY_TRY(const auto withheld,
               parts_.withheld.in_segment(number, parts_.checkpoint.newest()->head.size));
    return check_withheld(withheld, piece);
  };
  return serve_range(parts_.files, call.request, std::move(path), whole);
}

Result<Response> Publication::trust() const {
  COMITY_TRY(const auto bytes, parts_.files.read("trust.json", limits::kNoteBytes));
  if (!bytes) return nothing_there();
  Response response = file_response("application/json", "public, max-age=3600");
  response.body = std::string(as_text(*bytes));
  return response;
}

}  // namespace comity::views
