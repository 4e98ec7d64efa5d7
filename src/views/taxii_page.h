#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "views/message.h"

#include "query/published.h"

namespace comity::views {

/// A page gets no object more beyond this; an object may have 4 MiB.
inline constexpr std::size_t kTaxiiPageBytes = std::size_t{8} << 20;
/// Nor beyond this, where a page must have several together.
inline constexpr std::size_t kTaxiiGroupBytes = 4 * kTaxiiPageBytes;

/// Six digits of a second always: TAXII 2.1 section 2, `timestamp`.
[[nodiscard]] std::string taxii_time(UnixMicros time);

/// The text of a resource with one list, as it grows, and the times of what is on it.
class TaxiiPage {
 public:
  explicit TaxiiPage(std::string_view list);

  /// Where the next item of the list is to be written.
  std::string& next();
  /// When the item that was written last was added.
  void add_time(UnixMicros added);
  void reserve(std::size_t bytes) { text_.reserve(bytes); }
  [[nodiscard]] std::size_t size() const { return text_.size(); }

  /// With X-TAXII-Date-Added-First and -Last (section 3.2), if there is any item. A list without
  /// items is left out: sections 3.7, 5.3.1 and 5.8.1.
  [[nodiscard]] Response finish(const std::optional<query::FeedPlace>& more) &&;

 private:
  std::string text_;
  std::size_t count_ = 0;
  std::optional<UnixMicros> first_;
  UnixMicros last_{};
};

/// A record of a manifest (section 5.3.1), and one of a list of versions (section 5.8.1).
void write_manifest_record(std::string_view id, UnixMicros version, UnixMicros added,
                           TaxiiPage& page);
void write_version(UnixMicros version, UnixMicros added, TaxiiPage& page);

}  // namespace comity::views
