#include "codec/csv.h"

#include <algorithm>
#include <array>
#include <vector>

#include <csv.h>
#include <fmt/format.h>

namespace comity::codec {
namespace {

/// How much of the start is looked at to find the separator.
constexpr std::size_t kStartBytes = std::size_t{64} << 10;
/// libcsv is fed in pieces of this size, so that its buffer is never far above a cell's bound.
constexpr std::size_t kPieceBytes = std::size_t{64} << 10;
constexpr std::array<char, 3> kSeparators{',', ';', '\t'};

char likely_separator(std::string_view line) {
  std::array<std::size_t, kSeparators.size()> counts{};
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    const auto* found = std::ranges::find(kSeparators, c);
    if (!quoted && found != kSeparators.end())
      ++counts[static_cast<std::size_t>(found - kSeparators.begin())];
  }
  return kSeparators[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

int no_space(unsigned char) { return 0; }

}  // namespace

struct CsvReader::State {
  /// Looks for the end of the first line, going on where it stopped.
  struct LineSearch {
    std::size_t at = 0;
    bool quoted = false;

    /// Whether `at` is the end of a line that is no part of a quoted cell; else of the text.
    bool found(std::string_view text) {
      for (; at < text.size(); ++at) {
        if (text[at] == '"') quoted = !quoted;
        if (!quoted && (text[at] == '\r' || text[at] == '\n')) return true;
      }
      return false;
    }
  };

  State(CsvOptions given, OnRow callback) : options(given), on_row(std::move(callback)) {
    csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
    csv_set_space_func(&parser, no_space);
    csv_set_blk_size(&parser, 4096);
  }
  ~State() { csv_free(&parser); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  Result<void> read(ByteView piece);
  Result<void> finish();
  Result<void> begin_decoding();
  Result<void> begin_parsing();
  Result<void> parse_text();
  std::unexpected<Error> refused(const char* what);
  void cell(std::string_view text);
  void row_end(int end);
  Result<void> outcome();

  CsvOptions options;
  OnRow on_row;
  csv_parser parser{};
  std::string head;  ///< bytes before the encoding is known
  std::optional<TextDecoder> decoder;
  std::string text;  ///< decoded, not parsed yet
  LineSearch first_line;
  bool parsing = false;
  std::uint64_t number = 1;
  int last_end = 0;
  std::string row;
  std::vector<std::size_t> ends;
  std::vector<std::string_view> cells;
  std::optional<Error> error;
};

namespace {

std::string place(std::uint64_t row, std::size_t column) {
  return fmt::format("row {}, column {}", row, column);
}

}  // namespace

void CsvReader::State::cell(std::string_view content) {
  if (error) return;
  const std::string at = place(number, ends.size() + 1);
  if (content.size() > kCsvCellBytes || row.size() + content.size() > kCsvRowBytes ||
      ends.size() >= kCsvColumns) {
    error = refuse("csv-too-large",
                   fmt::format("At {}, the table has a cell above {} bytes, a row above {} or more "
                               "than {} columns; is a quote missing?",
                               at, kCsvCellBytes, kCsvRowBytes, kCsvColumns))
                .error();
    return;
  }
  if (content.contains('\0') || !is_utf8(content)) {
    error = refuse("csv-encoding",
                   fmt::format("At {}, the cell is no UTF-8. Save the table as \"CSV UTF-8\", or "
                               "name its encoding.",
                               at))
                .error();
    return;
  }
  row += content;
  ends.push_back(row.size());
}

void CsvReader::State::row_end(int end) {
  // The line feed of a CR LF ends no further row.
  const bool second_half = ends.empty() && end == '\n' && last_end == '\r';
  last_end = end;
  if (second_half) return;
  if (!error && !ends.empty()) {
    cells.clear();
    std::size_t begin = 0;
    for (const std::size_t stop : ends) {
      cells.emplace_back(std::string_view(row).substr(begin, stop - begin));
      begin = stop;
    }
    if (auto taken = on_row(CsvRow{number, cells}); !taken) error = std::move(taken).error();
  }
  row.clear();
  ends.clear();
  ++number;
}

std::unexpected<Error> CsvReader::State::refused(const char* what) {
  return refuse("csv-malformed",
                fmt::format("At {}, {}. Put a cell with quotes in quotes and double those inside.",
                            place(number, ends.size() + 1), what));
}

Result<void> CsvReader::State::outcome() {
  if (error) return std::unexpected(*error);
  return {};
}

Result<void> CsvReader::State::parse_text() {
  const auto on_cell = [](void* bytes, std::size_t size, void* self) {
    // Null for an empty cell whose buffer was never made.
    static_cast<State*>(self)->cell(size == 0 ? std::string_view()
                                              : std::string_view(static_cast<char*>(bytes), size));
  };
  const auto on_end = [](int end, void* self) { static_cast<State*>(self)->row_end(end); };
  for (std::size_t at = 0; at < text.size() && !error; at += kPieceBytes) {
    const std::string_view piece = std::string_view(text).substr(at, kPieceBytes);
    if (csv_parse(&parser, piece.data(), piece.size(), on_cell, on_end, this) != piece.size()) {
      if (error) break;
      if (csv_error(&parser) == CSV_EPARSE)
        return refused("a quote stands where a cell does not begin or end");
      return fail("There is not enough memory to read the table", ENOMEM);
    }
    if (parser.entry_pos > kCsvCellBytes)
      cell(std::string_view(reinterpret_cast<const char*>(parser.entry_buf), parser.entry_pos));
  }
  text.clear();
  return outcome();
}

Result<void> CsvReader::State::begin_decoding() {
  const ByteOrderMark mark = byte_order_mark(as_bytes(head));
  const TextEncoding encoding =
      mark.size > 0 ? mark.encoding : options.encoding.value_or(TextEncoding::kUtf8);
  COMITY_TRY(decoder, TextDecoder::of(encoding));
  const std::string bytes = head.substr(mark.size);
  head.clear();
  return decoder->decode(as_bytes(bytes), text);
}

Result<void> CsvReader::State::begin_parsing() {
  parsing = true;
  const std::size_t end = first_line.at;
  const std::string_view line = std::string_view(text).substr(0, end);
  char separator = likely_separator(line);
  if (line.size() == 5 && line.starts_with("sep=")) {  // what Excel reads and takes for no row
    separator = line[4];
    text.erase(0, text.substr(end).starts_with("\r\n") ? end + 2 : std::min(end + 1, text.size()));
    ++number;
  }
  separator = options.separator.value_or(separator);
  if (separator == '"' || separator == '\r' || separator == '\n' || separator == '\0')
    return refuse("csv-malformed", "The separator of a table can't be a quote or a line end.");
  csv_set_delim(&parser, static_cast<unsigned char>(separator));
  return {};
}

Result<void> CsvReader::State::read(ByteView piece) {
  COMITY_CHECK(outcome());
  if (!decoder) {
    head += as_text(piece);
    if (head.size() < 4) return {};
    COMITY_CHECK(begin_decoding());
  } else {
    COMITY_CHECK(decoder->decode(piece, text));
  }
  if (!parsing) {
    if (!first_line.found(text) && text.size() < kStartBytes) return {};
    COMITY_CHECK(begin_parsing());
  }
  return parse_text();
}

Result<void> CsvReader::State::finish() {
  COMITY_CHECK(outcome());
  if (!decoder) COMITY_CHECK(begin_decoding());
  COMITY_CHECK(decoder->finish());
  if (!parsing) {
    static_cast<void>(first_line.found(text));
    COMITY_CHECK(begin_parsing());
  }
  COMITY_CHECK(parse_text());
  const auto on_cell = [](void* bytes, std::size_t size, void* self) {
    static_cast<State*>(self)->cell(size == 0 ? std::string_view()
                                              : std::string_view(static_cast<char*>(bytes), size));
  };
  const auto on_end = [](int end, void* self) { static_cast<State*>(self)->row_end(end); };
  if (csv_fini(&parser, on_cell, on_end, this) != 0)
    return refused("a quoted cell is never closed");
  return outcome();
}

CsvReader::CsvReader(CsvOptions options, OnRow on_row)
    : state_(std::make_unique<State>(options, std::move(on_row))) {}

CsvReader::~CsvReader() = default;

Result<void> CsvReader::read(ByteView piece) {
  auto read = state_->read(piece);
  if (!read) state_->error = read.error();
  return read;
}

Result<void> CsvReader::finish() { return state_->finish(); }

Result<void> read_csv(ByteView text, const CsvOptions& options, const CsvReader::OnRow& on_row) {
  CsvReader reader(options, on_row);
  COMITY_CHECK(reader.read(text));
  return reader.finish();
}

void append_csv_row(std::string& text, std::span<const std::string_view> cells,
                    CsvFormulas formulas) {
  bool first = true;
  for (const std::string_view cell : cells) {
    if (!first) text += ',';
    first = false;
    const bool formula = formulas == CsvFormulas::kNeutralized && !cell.empty() &&
                         std::string_view("=+-@\t\r").contains(cell.front());
    // A lone empty cell is quoted, else its line would be empty and so no row.
    const bool lone = cells.size() == 1 && cell.empty();
    // At the start of a text these would be read as what is no cell.
    const bool mistakable =
        text.empty() && (cell.starts_with("sep=") || cell.starts_with("\xEF\xBB\xBF"));
    const bool quoted = lone || mistakable || cell.find_first_of("\",;\t\r\n") != cell.npos;
    if (quoted) text += '"';
    if (formula) text += '\'';
    for (const char c : cell) {
      if (c == '"') text += '"';
      text += c;
    }
    if (quoted) text += '"';
  }
  text += "\r\n";
}

}  // namespace comity::codec
