#include "codec/csv.h"

#include <rapidcheck/gtest.h>

namespace comity::codec {
namespace {

using Table = std::vector<std::vector<std::string>>;

struct Read {
  Table rows;
  std::vector<std::uint64_t> numbers;
};

/// Reads the text in pieces of that size.
Result<Read> read_in_pieces(std::string_view text, std::size_t size,
                            const CsvOptions& options = {}) {
  Read read;
  CsvReader reader(options, [&read](const CsvRow& row) -> Result<void> {
    read.rows.emplace_back(row.cells.begin(), row.cells.end());
    read.numbers.push_back(row.number);
    return {};
  });
  for (std::size_t at = 0; at < text.size(); at += size)
    COMITY_CHECK(reader.read(as_bytes(text.substr(at, size))));
  COMITY_CHECK(reader.finish());
  return read;
}

Result<Read> read(std::string_view text, const CsvOptions& options = {}) {
  return read_in_pieces(text, std::max<std::size_t>(text.size(), 1), options);
}

/// `first` = the bits by which the byte that stands first is shifted.
std::string utf16(std::string bytes, std::u16string_view text, int first) {
  for (const char16_t unit : text)
    for (const int shift : {first, 8 - first}) bytes += static_cast<char>(unit >> shift);
  return bytes;
}

void expect_refused(std::string_view text, std::string_view code, std::string_view place) {
  for (const std::size_t size : {std::size_t{7}, text.size()}) {
    const auto refused = read_in_pieces(text, size);
    ASSERT_FALSE(refused) << text;
    EXPECT_EQ(refused.error().code(), code);
    EXPECT_TRUE(refused.error().sentence().contains(place)) << refused.error().sentence();
  }
}

TEST(Csv, TheExamplesOfRfc4180) {
  // Section 2, rules 1 to 7.
  EXPECT_EQ(read("aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n")->rows,
            (Table{{"aaa", "bbb", "ccc"}, {"zzz", "yyy", "xxx"}}));
  EXPECT_EQ(read("aaa,bbb,ccc\r\nzzz,yyy,xxx")->rows,
            (Table{{"aaa", "bbb", "ccc"}, {"zzz", "yyy", "xxx"}}));
  EXPECT_EQ(read("\"aaa\",\"b\r\nbb\",\"ccc\"\r\nzzz,yyy,xxx")->rows,
            (Table{{"aaa", "b\r\nbb", "ccc"}, {"zzz", "yyy", "xxx"}}));
  EXPECT_EQ(read("\"aaa\",\"b\"\"bb\",\"ccc\"")->rows, (Table{{"aaa", "b\"bb", "ccc"}}));
}

TEST(Csv, CellsAreKeptAsTheyStand) {
  EXPECT_EQ(read(" a ,\t b\n")->rows, (Table{{" a ", "\t b"}}));
  EXPECT_EQ(read("a,,\n,,\n")->rows, (Table{{"a", "", ""}, {"", "", ""}}));
  EXPECT_EQ(read("a,")->rows, (Table{{"a", ""}}));
  EXPECT_EQ(read("\"\"\n")->rows, (Table{{""}}));
  EXPECT_EQ(read("")->rows, Table());
}

TEST(Csv, RowsAreNumberedAsASpreadsheetDoes) {
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    const auto found = read("a,b" + end + end + "\"c" + end + "\",d" + end + end + end + "e,f");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->numbers, (std::vector<std::uint64_t>{1, 3, 6})) << end.size();
  }
}

TEST(Csv, TheSeparatorIsFound) {
  EXPECT_EQ(read("a;b;c\n1,5;2;3\n")->rows, (Table{{"a", "b", "c"}, {"1,5", "2", "3"}}));
  EXPECT_EQ(read("a\tb\n1;5\t2,5\n")->rows, (Table{{"a", "b"}, {"1;5", "2,5"}}));
  EXPECT_EQ(read("\"a;b;c\",d\n")->rows, (Table{{"a;b;c", "d"}}));
  EXPECT_EQ(read("\"a;\n;;\",d\n")->rows, (Table{{"a;\n;;", "d"}}));
  EXPECT_EQ(read("a;b\n", {.separator = ','})->rows, (Table{{"a;b"}}));
  const auto named = read("sep=;\r\na,b;c\r\n");
  EXPECT_EQ(named->rows, (Table{{"a,b", "c"}}));
  EXPECT_EQ(named->numbers, (std::vector<std::uint64_t>{2}));
}

TEST(Csv, EncodingsOfSpreadsheets) {
  const Table expected{{"año", "x"}, {"€", "y"}};
  EXPECT_EQ(read("\xEF\xBB\xBF"
                 "año,x\n€,y\n")
                ->rows,
            expected);
  const std::u16string text = u"a\u00F1o\tx\r\n\u20AC\ty\r\n";
  for (const std::size_t size : {1U, 3U, 100U}) {
    EXPECT_EQ(read_in_pieces(utf16("\xFF\xFE", text, 0), size)->rows, expected);
    EXPECT_EQ(read_in_pieces(utf16("\xFE\xFF", text, 8), size)->rows, expected);
  }
  EXPECT_EQ(read("a\xF1o,x\n\x80,y\n", {.encoding = TextEncoding::kWindows1252})->rows, expected);
}

TEST(Csv, RefusalsNameThePlace) {
  expect_refused("a,b\nc,d\"e\n", "csv-malformed", "row 2, column 2");
  expect_refused("a,b\n\"c\"d,e\n", "csv-malformed", "row 2, column 1");
  expect_refused("a,b\nc,\"d\n", "csv-malformed", "row 2, column 2");
  expect_refused("a,b\nc,a\xF1o\n", "csv-encoding", "row 2, column 2");
  expect_refused(std::string_view("a,b\nc\0,d\n", 9), "csv-encoding", "row 2, column 1");
  expect_refused(std::string_view("\xFF\xFE"
                                  "a\0\n",
                                  5),
                 "text-encoding", "UTF-8");
  const std::string half(
      "\xFF\xFE"
      "\x3D\xD8"
      "a\0",
      6);  // a surrogate without its second half
  expect_refused(half, "text-encoding", "UTF-8");
}

TEST(Csv, SizesAreBounded) {
  const std::string cell(kCsvCellBytes, 'x');
  EXPECT_TRUE(read("a\n" + cell));
  expect_refused("a\n" + cell + "x\n", "csv-too-large", "row 2, column 1");
  expect_refused("a\n\"" + cell + "x\"\n", "csv-too-large", "row 2, column 1");
  const std::string row = cell + "," + cell + "," + cell + "," + cell;
  EXPECT_TRUE(read(row));
  expect_refused(row + ",x", "csv-too-large", "row 1, column 5");
  EXPECT_TRUE(read(std::string(kCsvColumns - 1, ',')));
  expect_refused(std::string(kCsvColumns, ','), "csv-too-large", "column 4097");
}

TEST(Csv, AnErrorOfTheCallbackEndsTheReading) {
  int rows = 0;
  const auto stopped = read_csv(as_bytes("a\nb\nc\n"), {}, [&rows](const CsvRow&) -> Result<void> {
    return ++rows == 2 ? Result<void>(refuse("table-stop", "Stop.")) : Result<void>();
  });
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code(), "table-stop");
  EXPECT_EQ(rows, 2);
}

std::string written(const Table& rows, CsvFormulas formulas = CsvFormulas::kVerbatim) {
  std::string text;
  for (const auto& row : rows) {
    const std::vector<std::string_view> cells(row.begin(), row.end());
    append_csv_row(text, cells, formulas);
  }
  return text;
}

TEST(Csv, FormulasAreWrittenVerbatimUnlessAskedFor) {
  const Table rows{{"=1+1", "+a", "-b", "@c", "\td", "a=b", ""}};
  EXPECT_EQ(written(rows), "=1+1,+a,-b,@c,\"\td\",a=b,\r\n");
  EXPECT_EQ(written(rows, CsvFormulas::kNeutralized), "'=1+1,'+a,'-b,'@c,\"'\td\",a=b,\r\n");
}

TEST(Csv, WhatATextBeginsWithIsReadAsItWasWritten) {
  for (const char* cell : {"sep=;", "sep=x",
                           "\xEF\xBB\xBF"
                           "a",
                           "\xEF\xBB\xBF"})
    EXPECT_EQ(read(written({{cell}, {cell}}))->rows, (Table{{cell}, {cell}})) << cell;
}

RC_GTEST_PROP(Csv, WritingAndReadingAreInverse, ()) {
  const auto cell = rc::gen::container<std::string>(
      rc::gen::element('a', ' ', ',', ';', '\t', '"', '\r', '\n', '=', '\''));
  const auto rows = *rc::gen::container<Table>(
      rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(cell)));
  const std::string text = written(rows);
  const std::size_t size = *rc::gen::inRange<std::size_t>(1, text.size() + 2);
  const auto again = read_in_pieces(text, size, {.separator = ','});
  RC_ASSERT(again.has_value());
  RC_ASSERT(again->rows == rows);
}

}  // namespace
}  // namespace comity::codec
