// Reads any bytes as a table, whole and in pieces: both agree, and what was read is read again
// after it was written.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "codec/csv.h"

#include "tests/fuzz_target.h"

namespace {

using namespace comity::codec;
using Table = std::vector<std::vector<std::string>>;

comity::Result<Table> read(comity::ByteView text, std::size_t piece, const CsvOptions& options) {
  Table rows;
  CsvReader reader(options, [&rows](const CsvRow& row) -> comity::Result<void> {
    rows.emplace_back(row.cells.begin(), row.cells.end());
    return {};
  });
  for (std::size_t at = 0; at < text.size(); at += piece)
    COMITY_CHECK(reader.read(text.subspan(at, std::min(piece, text.size() - at))));
  COMITY_CHECK(reader.finish());
  return rows;
}

}  // namespace

COMITY_FUZZ_TARGET(codec_csv_fuzz)(const std::uint8_t* data, std::size_t size) {
  const comity::ByteView input = std::as_bytes(std::span(data, size));
  for (const auto encoding : {TextEncoding::kUtf8, TextEncoding::kWindows1252}) {
    const CsvOptions options{.separator = {}, .encoding = encoding};
    const auto whole = read(input, size + 1, options);
    const auto pieces = read(input, 3, options);
    COMITY_ASSERT(whole.has_value() == pieces.has_value());
    if (!whole) continue;
    COMITY_ASSERT(*whole == *pieces);
    std::string text;
    for (const auto& row : *whole) {
      const std::vector<std::string_view> cells(row.begin(), row.end());
      append_csv_row(text, cells, CsvFormulas::kVerbatim);
    }
    const auto again =
        read(comity::as_bytes(text), text.size() + 1, {.separator = ',', .encoding = {}});
    COMITY_ASSERT(again && *again == *whole);
  }
  return 0;
}
