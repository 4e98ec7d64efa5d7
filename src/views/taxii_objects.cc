#include "views/taxii_objects.h"

#include <cstddef>
#include <optional>
#include <utility>

#include "views/taxii_page.h"

namespace comity::views {
namespace {

/// What an object takes on average, to have the room at once.
constexpr std::size_t kUsualBytes = 1024;

Result<query::PublishedPage> page_of(query::Reader& reader, const TaxiiFilters& filters) {
  if (filters.other_spec_version) return query::PublishedPage{};
  return reader.published.page(filters.published, filters.limit);
}

}  // namespace

Result<Response> taxii_objects(query::Reader& reader, const TaxiiFilters& filters) {
  COMITY_TRY(const auto page, page_of(reader, filters));
  TaxiiPage resource("objects");
  resource.reserve(page.items.size() * kUsualBytes);
  std::optional<std::size_t> first;
  std::size_t last = 0;
  bool full = false;
  COMITY_CHECK(reader.runs.read(page.items, crypto::TreeSize{reader.snapshot.stamp().size},
                                [&](std::size_t i, ByteView object) {
                                  last = i;
                                  if (!first) first = i;
                                  resource.next() += as_text(object);
                                  full = resource.size() >= kTaxiiPageBytes &&
                                         i + 1 < page.items.size();
                                  return !full;
                                }));
  if (first)
    for (const std::size_t i : {*first, last}) {
      COMITY_TRY(const auto added, reader.published.added(page.items[i]));
      resource.add_time(added);
    }
  if (!full) return std::move(resource).finish(page.more);
  return std::move(resource).finish(query::FeedPlace{.item = page.items[last].place});
}

Result<Response> taxii_manifest(query::Reader& reader, const TaxiiFilters& filters) {
  COMITY_TRY(const auto page, page_of(reader, filters));
  TaxiiPage resource("objects");
  for (const query::PublishedItem& item : page.items) {
    COMITY_TRY(const auto id, reader.published.id_of(item));
    COMITY_TRY(const auto added, reader.published.added(item));
    write_manifest_record(id, item.modified, added, resource);
  }
  return std::move(resource).finish(page.more);
}

Result<Response> taxii_versions(query::Reader& reader, const TaxiiFilters& filters) {
  COMITY_TRY(const auto page, page_of(reader, filters));
  TaxiiPage resource("versions");
  for (const query::PublishedItem& item : page.items) {
    COMITY_TRY(const auto added, reader.published.added(item));
    write_version(item.modified, added, resource);
  }
  return std::move(resource).finish(page.more);
}

}  // namespace comity::views
