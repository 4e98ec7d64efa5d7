#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/time.h"

#include "query/additions.h"
#include "query/published.h"
#include "query/sql_cache.h"

/// Cases: of each incident that the record shows, what is filed about it. Nobody files a case; it
/// follows from the record, and is another with each version of the incident and of what is about
/// it.
namespace comity::query {

/// A case in a feed: it stands where the last of what made it so was added.
struct CaseItem {
  std::int64_t incident = 0;  ///< the record's number of the object
  FeedPlace place;
};

struct CasePage {
  std::vector<CaseItem> items;
  std::optional<FeedPlace> more;  ///< as PublishedPage's
};

/// What a case says.
struct Case {
  std::string incident;   ///< its STIX id
  std::string name;       ///< the incident's
  UnixMicros created{};   ///< whole milliseconds, as STIX wants them
  UnixMicros modified{};  ///< later with each entry that made it another, by a millisecond at least
  std::vector<std::string> about;  ///< STIX ids of what is about it, as filed; shown, not revoked
  bool is_cut = false;             ///< there is more than kAbout of that
};

/// Asks for cases, in the order in which they became what they are. One thread; the snapshot must
/// outlive it and may be refreshed.
class Cases {
 public:
  static constexpr std::size_t kAbout = 10'000;
  static constexpr std::size_t kTogether = 1000;

  /// `window`: as Published's.
  explicit Cases(const Snapshot& snapshot, std::int64_t window = Published::kWindow)
      : window_(window), sql_(snapshot), additions_(snapshot) {}

  /// At most `limit` items, and behind them those that have the last one's time, up to kTogether:
  /// who goes on by time alone would miss what a page leaves of them. Of the filter `shelf` and
  /// `types` mean nothing here, and `ids` are those of incidents. A case has one version at a time,
  /// which is its first and its last. REQUIRES: limit > 0.
  [[nodiscard]] Result<CasePage> page(const PublishedFilter& filter, std::size_t limit);

  /// When the last of what made it so was added. Cases that one version is about have it in common.
  [[nodiscard]] Result<UnixMicros> added(const CaseItem& item) {
    return additions_.added(item.place.item);
  }
  [[nodiscard]] Result<Case> read(const CaseItem& item);
  /// The STIX id of its incident.
  [[nodiscard]] Result<std::string> id_of(const CaseItem& item);
  [[nodiscard]] Result<UnixMicros> modified(const CaseItem& item);
  /// Whether there is a case of the incident of that STIX id.
  [[nodiscard]] Result<bool> has(std::string_view incident);

 private:
  struct Range {
    std::int64_t after = 0;  ///< a version, and `part` of what it made so
    std::int64_t part = 0;
    std::int64_t until = 0;
    std::int64_t last = 0;  ///< the greatest number of all
  };
  struct Standing {
    std::int64_t version = 0;  ///< that made it so
    CaseItem item;

    [[nodiscard]] std::int64_t part() const { return static_cast<std::int64_t>(item.place.part); }
    /// Whether it stands in the range's order behind where that begins.
    [[nodiscard]] bool is_behind(const Range& range) const {
      return version > range.after || (version == range.after && part() > range.part);
    }
  };
  static void sort(std::vector<Standing>& all);

  [[nodiscard]] std::uint64_t size() const { return sql_.snapshot().stamp().size; }
  Result<Range> range_of(const PublishedFilter& filter);
  Result<std::vector<Standing>> walk(const Range& range, std::size_t limit);
  Result<std::vector<Standing>> gather(const Range& range, std::size_t limit);
  Result<std::vector<Standing>> find(const std::vector<std::string>& incidents);
  Result<void> keep_versions(const VersionChoice& choice, std::vector<CaseItem>& items);

  std::int64_t window_;
  SqlCache sql_;
  Additions additions_;
};

}  // namespace comity::query
