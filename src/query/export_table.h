#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "codec/json.h"

#include "query/names.h"

namespace comity::query {

/// Objects as rows of a table: incidents and claims with columns of their own, anything else with
/// what all objects have (docs/exporting.md). Values of a list are joined by "; ". One thread; the
/// snapshot must outlive it.
class ExportTable {
 public:
  /// `kind` as a selection has it.
  [[nodiscard]] static Result<ExportTable> open(const Snapshot& snapshot, std::string_view kind,
                                                std::uint64_t size);

  /// The names of the columns: stable, new ones come at the end.
  [[nodiscard]] const std::vector<std::string_view>& columns() const { return columns_; }
  /// The cells, as many as there are columns. `object` are the version's bytes.
  [[nodiscard]] Result<std::vector<std::string>> row(const Version& version, ByteView object);

 private:
  enum class Form { incidents, claims, objects };

  ExportTable(const Snapshot& snapshot, Form form, std::uint64_t size, Names names)
      : snapshot_(&snapshot), form_(form), size_(size), names_(std::move(names)) {}
  Result<void> add_incident(const Version& version, const codec::JsonObject& object,
                            std::vector<std::string>& cells);
  Result<void> add_claim(const Version& version, const codec::JsonObject& object,
                         std::vector<std::string>& cells);
  Result<void> add_filing(const Version& version, std::vector<std::string>& cells);
  Result<std::string> count(const log::Prepared& question, const Version& version,
                            std::string_view kind) const;

  const Snapshot* snapshot_;
  Form form_;
  std::uint64_t size_;
  Names names_;
  codec::JsonReader reader_;
  std::vector<std::string_view> columns_;
  log::Prepared claims_, responses_;
};

}  // namespace comity::query
