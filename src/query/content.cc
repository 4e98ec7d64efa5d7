#include "query/content.h"

#include <fmt/format.h>

#include "filing/hidden_content.h"

namespace comity::query {

Result<Contents> Contents::open(const Files& files, const Snapshot& snapshot) {
  COMITY_TRY(auto segments, log::SegmentReader::open(files, log::SegmentKind::visible,
                                                     crypto::TreeSize{snapshot.stamp().size}));
  return Contents(segments);
}

Result<std::optional<Bytes>> Contents::read(const Version& version) const {
  if (version.held) return std::nullopt;
  COMITY_TRY(auto part, segments_.read_part(version.place));
  if (!part)
    return refuse("log-record-missing",
                  fmt::format("The segments lack item {} of entry {}; see `comity audit`.",
                              version.place.ordinal, version.place.entry));
  if (part->erased()) return std::nullopt;
  if (!version.hidden_at) {
    part->bytes.erase(part->bytes.begin(), part->bytes.begin() + filing::kSaltBytes);
    return std::move(part->bytes);
  }
  COMITY_TRY(const auto opened, filing::parse_hidden(part->content()));
  return to_bytes(opened.object);
}

}  // namespace comity::query
