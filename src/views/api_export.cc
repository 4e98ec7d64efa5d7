#include "views/api_export.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <span>
#include <utility>

#include "query/export.h"
#include "query/record_at.h"

namespace comity::views {
namespace {

class ExportBody final : public BodySource {
 public:
  ExportBody(query::Readers::Lease reader, query::RecordAt at)
      : reader_(std::move(reader)), at_(std::move(at)) {}

  Result<void> open(const std::string& origin, const query::ExportRequest& request) {
    COMITY_TRY(auto pieces, query::Export::open(at_, origin, request));
    pieces_.emplace(std::move(pieces));
    return {};
  }

  Result<std::size_t> read(std::span<char> buffer) override {
    reader_.restart();
    COMITY_CHECK(reader_.check());
    std::size_t filled = 0;
    while (filled < buffer.size()) {
      if (taken_ == piece_.size()) {
        piece_.clear();
        taken_ = 0;
        COMITY_TRY(const bool more, pieces_->next(piece_));
        if (!more) break;
      }
      const std::size_t some = std::min(buffer.size() - filled, piece_.size() - taken_);
      std::memcpy(buffer.data() + filled, piece_.data() + taken_, some);
      filled += some;
      taken_ += some;
    }
    return filled;
  }

 private:
  query::Readers::Lease reader_;
  query::RecordAt at_;
  std::optional<query::Export> pieces_;  // last: it uses the others
  std::string piece_;
  std::size_t taken_ = 0;  // of piece_
};

}  // namespace

Result<std::unique_ptr<BodySource>> export_body(query::Readers::Lease reader, const Files& files,
                                                const std::string& origin,
                                                const query::ExportRequest& request,
                                                std::uint64_t size) {
  COMITY_TRY(auto at, query::RecordAt::open(reader->snapshot, files, size));
  auto body = std::make_unique<ExportBody>(std::move(reader), std::move(at));
  COMITY_CHECK(body->open(origin, request));
  return std::unique_ptr<BodySource>(std::move(body));
}

std::string_view export_type(query::ExportFormat format) {
  switch (format) {
    case query::ExportFormat::csv:
      return "text/csv;charset=utf-8;header=present";
    case query::ExportFormat::jsonl:
      return "application/jsonl";
    case query::ExportFormat::stix:
      break;
  }
  return "application/stix+json;version=2.1";
}

}  // namespace comity::views
