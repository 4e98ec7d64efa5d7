#include "query/export_writer.h"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "codec/csv.h"
#include "crypto/uuid.h"
#include "filing/comity_namespace.h"

#include "query/export_table.h"

namespace comity::query {
namespace {

class CsvWriter final : public ExportWriter {
 public:
  CsvWriter(ExportTable table, codec::CsvFormulas formulas)
      : table_(std::move(table)), formulas_(formulas) {}

  void begin(std::string& to) override { codec::append_csv_row(to, table_.columns(), formulas_); }
  Result<void> add(std::string& to, const Version& version, ByteView object) override {
    COMITY_TRY(const auto cells, table_.row(version, object));
    const std::vector<std::string_view> views(cells.begin(), cells.end());
    codec::append_csv_row(to, views, formulas_);
    return {};
  }
  void end(std::string& /*to*/) override {}

 private:
  ExportTable table_;
  codec::CsvFormulas formulas_;
};

class LinesWriter final : public ExportWriter {
 public:
  void begin(std::string& /*to*/) override {}
  Result<void> add(std::string& to, const Version& /*version*/, ByteView object) override {
    const std::size_t start = to.size();
    to += as_text(object);
    std::replace_if(
        to.begin() + static_cast<std::ptrdiff_t>(start), to.end(),
        [](char c) { return c == '\n' || c == '\r'; }, ' ');
    to += '\n';
    return {};
  }
  void end(std::string& /*to*/) override {}
};

/// An empty list is no STIX, so it is opened with its first object.
class BundleWriter final : public ExportWriter {
 public:
  explicit BundleWriter(std::string id) : id_(std::move(id)) {}

  void begin(std::string& to) override { to += R"({"type":"bundle","id":")" + id_ + "\""; }
  Result<void> add(std::string& to, const Version& /*version*/, ByteView object) override {
    to += std::exchange(any_, true) ? ",\n" : ",\"objects\":[\n";
    to += as_text(object);
    return {};
  }
  void end(std::string& to) override { to += any_ ? "\n]}\n" : "}\n"; }

 private:
  std::string id_;
  bool any_ = false;
};

std::string bundle_id(std::string_view origin, std::uint64_t size, const Selection& selection) {
  const std::string name = fmt::format("bundle/{}\n{}\n{}", origin, size, canonical(selection));
  return "bundle--" + crypto::to_text(crypto::uuid_v5(filing::comity_namespace(), name));
}

}  // namespace

Result<std::unique_ptr<ExportWriter>> export_writer(const RecordAt& at, std::string_view origin,
                                                    const ExportRequest& request) {
  switch (request.format) {
    case ExportFormat::jsonl:
      return std::make_unique<LinesWriter>();
    case ExportFormat::stix:
      return std::make_unique<BundleWriter>(bundle_id(origin, at.size, request.selection));
    case ExportFormat::csv:
      break;
  }
  COMITY_TRY(auto table, ExportTable::open(at.snapshot(), request.selection.kind, at.size));
  return std::make_unique<CsvWriter>(std::move(table), request.formulas);
}

}  // namespace comity::query
