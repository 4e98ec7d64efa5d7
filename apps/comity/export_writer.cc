#include "export_writer.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "crypto/uuid.h"
#include "intake/comity_namespace.h"

#include "query/export_table.h"

namespace comity::cli {
namespace {

class CsvWriter final : public ExportWriter {
 public:
  CsvWriter(query::ExportTable table, codec::CsvFormulas formulas)
      : table_(std::move(table)), formulas_(formulas) {}

  Result<void> begin(StreamOutput& output) override { return write(output, table_.columns()); }
  Result<void> add(StreamOutput& output, const query::Version& version, ByteView object) override {
    COMITY_TRY(const auto cells, table_.row(version, object));
    const std::vector<std::string_view> views(cells.begin(), cells.end());
    return write(output, views);
  }
  Result<void> end(StreamOutput& /*output*/) override { return {}; }

 private:
  Result<void> write(StreamOutput& output, std::span<const std::string_view> cells) {
    line_.clear();
    codec::append_csv_row(line_, cells, formulas_);
    return output.write(line_);
  }

  query::ExportTable table_;
  codec::CsvFormulas formulas_;
  std::string line_;
};

class LinesWriter final : public ExportWriter {
 public:
  Result<void> begin(StreamOutput& /*output*/) override { return {}; }
  Result<void> add(StreamOutput& output, const query::Version& /*version*/,
                   ByteView object) override {
    line_ = as_text(object);
    std::ranges::replace_if(line_, [](char c) { return c == '\n' || c == '\r'; }, ' ');
    line_ += '\n';
    return output.write(line_);
  }
  Result<void> end(StreamOutput& /*output*/) override { return {}; }

 private:
  std::string line_;
};

/// An empty list is no STIX, so it is opened with its first object.
class BundleWriter final : public ExportWriter {
 public:
  explicit BundleWriter(std::string id) : id_(std::move(id)) {}

  Result<void> begin(StreamOutput& output) override {
    return output.write(R"({"type":"bundle","id":")" + id_ + "\"");
  }
  Result<void> add(StreamOutput& output, const query::Version& /*version*/,
                   ByteView object) override {
    COMITY_CHECK(output.write(std::exchange(any_, true) ? ",\n" : ",\"objects\":[\n"));
    return output.write(as_text(object));
  }
  Result<void> end(StreamOutput& output) override { return output.write(any_ ? "\n]}\n" : "}\n"); }

 private:
  std::string id_;
  bool any_ = false;
};

}  // namespace

Result<std::unique_ptr<ExportWriter>> csv_writer(const RecordAt& at,
                                                 const query::Selection& selection,
                                                 codec::CsvFormulas formulas) {
  COMITY_TRY(auto table, query::ExportTable::open(at.snapshot(), selection.kind, at.size));
  return std::make_unique<CsvWriter>(std::move(table), formulas);
}

std::unique_ptr<ExportWriter> lines_writer() { return std::make_unique<LinesWriter>(); }

std::unique_ptr<ExportWriter> bundle_writer(std::string id) {
  return std::make_unique<BundleWriter>(std::move(id));
}

std::string bundle_id(const std::string& origin, std::uint64_t size,
                      const query::Selection& selection) {
  const std::string name =
      fmt::format("bundle/{}\n{}\n{}", origin, size, query::canonical(selection));
  return "bundle--" + crypto::to_text(crypto::uuid_v5(intake::comity_namespace(), name));
}

}  // namespace comity::cli
