#include "views/taxii_objects.h"

#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "views/taxii_media.h"

namespace comity::views {
namespace {

using query::PublishedItem;

/// A page is not begun beyond this; an object may have 4 MiB.
constexpr std::size_t kPageBytes = std::size_t{8} << 20;
/// What an object takes on average, to have the room at once.
constexpr std::size_t kUsualBytes = 1024;

/// Six digits of a second always: section 2, `timestamp`.
std::string time_text(UnixMicros time) {
  constexpr std::size_t kSecondEnd = 19;  // "2026-03-31T12:00:00"
  constexpr std::int64_t kMicros = 1'000'000;
  const std::string seconds = to_rfc3339(UnixSeconds{count(time) / kMicros});
  return fmt::format("{}.{:06}Z", seconds.substr(0, kSecondEnd), count(time) % kMicros);
}

/// The text of a resource with one list, as it grows.
class Resource {
 public:
  explicit Resource(std::string_view list) : text_(fmt::format(R"({{"{}":[)", list)) {}

  /// Where the next item of the list is to be written.
  std::string& next() {
    if (count_++ > 0) text_ += ',';
    return text_;
  }
  void reserve(std::size_t bytes) { text_.reserve(bytes); }
  [[nodiscard]] std::size_t size() const { return text_.size(); }

  /// A list without items is left out: sections 3.7, 5.3.1 and 5.8.1.
  std::string finish(const std::optional<filing::ItemPlace>& more) && {
    const std::string tail =
        more ? fmt::format(R"("more":true,"next":"{}"}})", print_next(*more)) : "}";
    if (count_ == 0) return "{" + tail;
    text_ += more ? "]," : "]";
    text_ += tail;
    return std::move(text_);
  }

 private:
  std::string text_;
  std::size_t count_ = 0;
};

/// With the times of the first and the last item (section 3.2), if there is any.
Result<Response> respond(query::Reader& reader, std::string json, const PublishedItem* first,
                         const PublishedItem* last) {
  Response response = taxii_response(std::move(json));
  if (first == nullptr) return response;
  COMITY_TRY(const auto first_added, reader.published.added(*first));
  COMITY_TRY(const auto last_added, reader.published.added(*last));
  response.fields.add("x-taxii-date-added-first", time_text(first_added));
  response.fields.add("x-taxii-date-added-last", time_text(last_added));
  return response;
}

Result<query::PublishedPage> page_of(query::Reader& reader, const TaxiiFilters& filters) {
  if (filters.other_spec_version) return query::PublishedPage{};
  return reader.published.page(filters.published, filters.limit);
}

const PublishedItem* first_of(const query::PublishedPage& page) {
  return page.items.empty() ? nullptr : &page.items.front();
}
const PublishedItem* last_of(const query::PublishedPage& page) {
  return page.items.empty() ? nullptr : &page.items.back();
}

}  // namespace

Result<Response> taxii_objects(query::Reader& reader, const TaxiiFilters& filters) {
  COMITY_TRY(const auto page, page_of(reader, filters));
  Resource resource("objects");
  resource.reserve(page.items.size() * kUsualBytes);
  const PublishedItem* first = nullptr;
  const PublishedItem* last = nullptr;
  bool full = false;
  COMITY_CHECK(reader.runs.read(page.items, crypto::TreeSize{reader.snapshot.stamp().size},
                                [&](std::size_t i, ByteView object) {
                                  last = &page.items[i];
                                  if (first == nullptr) first = last;
                                  resource.next() += as_text(object);
                                  full = resource.size() >= kPageBytes && i + 1 < page.items.size();
                                  return !full;
                                }));
  const auto more = full ? std::optional(last->place) : page.more;
  return respond(reader, std::move(resource).finish(more), first, last);
}

Result<Response> taxii_manifest(query::Reader& reader, const TaxiiFilters& filters) {
  COMITY_TRY(const auto page, page_of(reader, filters));
  Resource resource("objects");
  for (const PublishedItem& item : page.items) {
    COMITY_TRY(const auto id, reader.published.id_of(item));
    COMITY_TRY(const auto added, reader.published.added(item));
    // Ids are of a-z, 0-9 and '-': nothing needs escaping.
    fmt::format_to(std::back_inserter(resource.next()),
                   R"({{"id":"{}","date_added":"{}","version":"{}",)"
                   R"("media_type":"application/stix+json;version=2.1"}})",
                   id, time_text(added), to_rfc3339(item.modified));
  }
  return respond(reader, std::move(resource).finish(page.more), first_of(page), last_of(page));
}

Result<Response> taxii_versions(query::Reader& reader, const TaxiiFilters& filters) {
  COMITY_TRY(const auto page, page_of(reader, filters));
  Resource resource("versions");
  for (const PublishedItem& item : page.items)
    fmt::format_to(std::back_inserter(resource.next()), R"("{}")", to_rfc3339(item.modified));
  return respond(reader, std::move(resource).finish(page.more), first_of(page), last_of(page));
}

}  // namespace comity::views
