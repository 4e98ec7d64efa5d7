#include "query/export.h"

namespace comity::query {

Result<Export> Export::open(const RecordAt& at, std::string_view origin,
                            const ExportRequest& request) {
  COMITY_TRY(auto selected, Selected::open(at.snapshot(), request.selection, at.size));
  COMITY_TRY(auto writer, export_writer(at, origin, request));
  return Export(at, std::move(selected), std::move(writer));
}

Result<bool> Export::next(std::string& to) {
  if (stage_ == Stage::done) return false;
  if (stage_ == Stage::begin) {
    writer_->begin(to);
    stage_ = Stage::objects;
    return true;
  }
  while (true) {
    COMITY_TRY(const auto version, selected_.next());
    if (!version) break;
    entry_ = version->place.entry;
    COMITY_TRY(const auto object, at_->contents.read(*version));
    if (!object) continue;  // erased in this moment
    ++objects_;
    COMITY_CHECK(writer_->add(to, *version, *object));
    return true;
  }
  writer_->end(to);
  stage_ = Stage::done;
  return true;
}

}  // namespace comity::query
