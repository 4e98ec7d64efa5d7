#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/time.h"
#include "filing/control.h"

#include "query/additions.h"
#include "query/snapshot.h"
#include "query/sql_cache.h"

/// What the record publishes, object by object in the order in which it was added: for feeds that
/// are drained once and polled ever after.
namespace comity::query {

/// A part of the record that is published together.
enum class Shelf : std::uint8_t {
  statements,  ///< everything but the registry's own government (charter, admissions, keys)
  incidents,
  norms,  ///< with their rulebooks
};

/// Which versions of an object; each that any of these means.
///
/// Of an object whose creator has filed a version of it, only the creator's are published; of
/// others each version once, as whoever came first relayed it. Else a stranger could put a version
/// of his own behind the creator's.
struct VersionChoice {
  bool last = true;  ///< the one that the record shows
  bool first = false;
  bool all = false;
  std::vector<UnixMicros> at = {};  ///< those of these times

  bool operator==(const VersionChoice&) const = default;
};

/// Where a reader of a feed is: at an item of the log and, where a feed has several things of one
/// item, at which of them.
struct FeedPlace {
  filing::ItemPlace item;
  std::uint64_t part = 0;

  auto operator<=>(const FeedPlace&) const = default;
};
inline constexpr std::uint64_t kAllParts = 1'000'000;  ///< more than an item ever has

/// What is asked for; what is not given doesn't narrow.
struct PublishedFilter {
  Shelf shelf = Shelf::statements;
  VersionChoice versions = {};
  std::optional<std::vector<std::string>> ids = {};    ///< STIX ids
  std::optional<std::vector<std::string>> types = {};  ///< STIX types
  std::optional<UnixMicros> added_after = {};
  std::optional<FeedPlace> behind = {};  ///< the place of the last one that was had
};

struct PublishedItem {
  std::int64_t version = 0;  ///< the record's number
  std::int64_t object = 0;   ///< the same
  filing::ItemPlace place;   ///< where its bytes stand
  bool disclosed = false;    ///< it was filed hidden, and stands in the entry that disclosed it
  UnixMicros modified{};
};

struct PublishedPage {
  std::vector<PublishedItem> items;
  /// There may be more behind this place, the last that was looked at: that of the last item, or a
  /// later one where what the filter lets through is rare. Nothing at the end.
  std::optional<FeedPlace> more;
};

/// Asks for pages. What is erased or on hold is on none; hidden objects are not in the record.
///
/// A page is a walk along the versions in their order and sorts nothing, so the next one costs the
/// same wherever it begins. It looks at a bounded number of versions: a page may be short, and even
/// empty, though there is more. One thread; the snapshot must outlive it and may be refreshed.
class Published {
 public:
  static constexpr std::int64_t kWindow = std::int64_t{1} << 20;

  /// `window`: how many versions a page looks at, where there is no index to what is sought.
  explicit Published(const Snapshot& snapshot, std::int64_t window = kWindow)
      : snapshot_(&snapshot), window_(window), sql_(snapshot), additions_(snapshot) {}

  /// At most `limit` items. REQUIRES: limit > 0.
  [[nodiscard]] Result<PublishedPage> page(const PublishedFilter& filter, std::size_t limit);

  /// When it was added: record/added.h.
  [[nodiscard]] Result<UnixMicros> added(const PublishedItem& item) {
    return additions_.added(item.place);
  }
  /// Its STIX id.
  [[nodiscard]] Result<std::string> id_of(const PublishedItem& item);
  /// Whether the shelf has a version of that object, whatever else a filter would say.
  [[nodiscard]] Result<bool> has(Shelf shelf, std::string_view id);

 private:
  class Walk;

  Result<std::int64_t> begin_of(const PublishedFilter& filter);
  Result<std::vector<std::int64_t>> words(const std::vector<std::string_view>& texts);
  Result<Walk> walk_of(const PublishedFilter& filter);
  Result<void> take(const Walk& walk, std::int64_t after, std::int64_t until, std::size_t limit,
                    std::vector<PublishedItem>& items);

  const Snapshot* snapshot_;
  std::int64_t window_;
  SqlCache sql_;
  Additions additions_;
};

}  // namespace comity::query
