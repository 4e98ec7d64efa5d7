#include "views/taxii_page.h"

#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "views/taxii_filters.h"
#include "views/taxii_media.h"

namespace comity::views {

std::string taxii_time(UnixMicros time) {
  constexpr std::size_t kSecondEnd = 19;  // "2026-03-31T12:00:00"
  constexpr std::int64_t kMicros = 1'000'000;
  const std::string seconds = to_rfc3339(UnixSeconds{count(time) / kMicros});
  return fmt::format("{}.{:06}Z", seconds.substr(0, kSecondEnd), count(time) % kMicros);
}

TaxiiPage::TaxiiPage(std::string_view list) : text_(fmt::format(R"({{"{}":[)", list)) {}

std::string& TaxiiPage::next() {
  if (count_++ > 0) text_ += ',';
  return text_;
}

void TaxiiPage::add_time(UnixMicros added) {
  if (!first_) first_ = added;
  last_ = added;
}

Response TaxiiPage::finish(const std::optional<query::FeedPlace>& more) && {
  const std::string tail =
      more ? fmt::format(R"("more":true,"next":"{}"}})", print_next(*more)) : "}";
  if (count_ == 0) {
    text_ = "{" + tail;
  } else {
    text_ += more ? "]," : "]";
    text_ += tail;
  }
  Response response = taxii_response(std::move(text_));
  if (!first_) return response;
  response.fields.add("x-taxii-date-added-first", taxii_time(*first_));
  response.fields.add("x-taxii-date-added-last", taxii_time(last_));
  return response;
}

void write_manifest_record(std::string_view id, UnixMicros version, UnixMicros added,
                           TaxiiPage& page) {
  // Ids are of a-z, 0-9 and '-': nothing needs escaping.
  fmt::format_to(std::back_inserter(page.next()),
                 R"({{"id":"{}","date_added":"{}","version":"{}",)"
                 R"("media_type":"application/stix+json;version=2.1"}})",
                 id, taxii_time(added), to_rfc3339(version));
  page.add_time(added);
}

void write_version(UnixMicros version, UnixMicros added, TaxiiPage& page) {
  fmt::format_to(std::back_inserter(page.next()), R"("{}")", to_rfc3339(version));
  page.add_time(added);
}

}  // namespace comity::views
