#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"

#include "query/export_writer.h"
#include "query/selection.h"

namespace comity::query {

/// An export as it is made, piece by piece: memory is that of the largest object. One thread; `at`
/// must outlive it.
class Export {
 public:
  [[nodiscard]] static Result<Export> open(const RecordAt& at, std::string_view origin,
                                           const ExportRequest& request);

  /// Appends the next piece to the text; false where there was none.
  [[nodiscard]] Result<bool> next(std::string& to);

  [[nodiscard]] std::uint64_t objects() const { return objects_; }
  /// The entry that was reached, for progress.
  [[nodiscard]] std::uint64_t entry() const { return entry_; }

 private:
  enum class Stage : std::uint8_t { begin, objects, done };

  Export(const RecordAt& at, Selected selected, std::unique_ptr<ExportWriter> writer)
      : at_(&at), selected_(std::move(selected)), writer_(std::move(writer)) {}

  const RecordAt* at_;
  Selected selected_;
  std::unique_ptr<ExportWriter> writer_;
  Stage stage_ = Stage::begin;
  std::uint64_t objects_ = 0;
  std::uint64_t entry_ = 0;
};

}  // namespace comity::query
