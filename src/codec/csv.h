#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/error.h"
#include "codec/text_decoder.h"

namespace comity::codec {

/// Bounds on what a table may have: far above any that a person made.
inline constexpr std::size_t kCsvRowBytes = std::size_t{4} << 20;
inline constexpr std::size_t kCsvCellBytes = std::size_t{1} << 20;
inline constexpr std::size_t kCsvColumns = 4096;

/// One record of a table. Views that live until the callback returns.
struct CsvRow {
  /// From 1, empty lines counted, as a spreadsheet counts them.
  std::uint64_t number;
  /// UTF-8, exactly as written: white space is kept.
  std::span<const std::string_view> cells;
};

/// What is known of a table's dialect. What isn't is found out: the encoding from the byte order
/// mark (none is UTF-8), the separator from a first line "sep=;" or by which of , ; and tab stands
/// most often in the first line.
struct CsvOptions {
  std::optional<char> separator = std::nullopt;
  std::optional<TextEncoding> encoding = std::nullopt;
};

/// Reads comma-separated values (RFC 4180) piece by piece, as spreadsheets write them: separator
/// , ; or tab, quoted cells with separators, quotes ("") and line ends inside, CR LF or LF or CR,
/// UTF-8 with or without a byte order mark, UTF-16 with one ("Unicode text"), Windows-1252 only
/// where the caller says so, since any bytes are a text in it. Time and memory are linear in the
/// text, memory bounded by one row and one piece. A cell that is quoted and one that is not are the
/// same; an empty line is no row.
///
/// Refuses `csv-malformed` (a quote in the middle of a cell, or one never closed), `csv-too-large`
/// (the bounds above), `csv-encoding` (a cell that is no UTF-8 or has a NUL) and `text-encoding`,
/// naming row and column where it can. After an error nothing more is read.
class CsvReader {
 public:
  /// Called for each row in order; an error of its own ends the reading and is returned.
  using OnRow = std::function<Result<void>(const CsvRow&)>;

  CsvReader(CsvOptions options, OnRow on_row);
  ~CsvReader();
  CsvReader(const CsvReader&) = delete;
  CsvReader& operator=(const CsvReader&) = delete;

  Result<void> read(ByteView piece);
  /// Says that the text is over, and hands out a last row without a line end.
  Result<void> finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Reads a whole text.
Result<void> read_csv(ByteView text, const CsvOptions& options, const CsvReader::OnRow& on_row);

/// What a writer does with a cell that a spreadsheet would take for a formula: one that begins with
/// = + - @, a tab or a carriage return. Such a cell can make the reader's spreadsheet run commands
/// or send data away (CWE-1236).
enum class CsvFormulas : std::uint8_t {
  kVerbatim,    ///< written as it is, for programs: the data are not changed
  kNeutralized  ///< with an apostrophe before it, for spreadsheets: says so of the whole table
};

/// Appends one record: RFC 4180 with commas and CR LF, cells quoted where they must be. Reading
/// gives the same cells again, but for those neutralized.
void append_csv_row(std::string& text, std::span<const std::string_view> cells,
                    CsvFormulas formulas);

}  // namespace comity::codec
