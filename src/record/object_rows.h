#pragma once

#include <string_view>

#include "codec/json.h"
#include "filing/object.h"
#include "record/row.h"
#include "record/texts.h"

namespace comity::record {

/// What a STIX object says, as rows of the record: docs/formats/record-rows.md. Pure and total: a
/// member that is missing, or is not of the form that docs/mapping.md gives it, states nothing.
/// Views live as long as `object`.
class ObjectRows {
 public:
  explicit ObjectRows(const codec::JsonObject& object);
  ObjectRows(const ObjectRows&) = delete;
  ObjectRows& operator=(const ObjectRows&) = delete;

  /// Of Comity's extension: "incident", "attribution" ...; where there is none the STIX type.
  [[nodiscard]] std::string_view kind() const { return kind_; }
  [[nodiscard]] const Rows& rows() const { return rows_; }
  /// Running text, which no row has: the full-text index alone reads it.
  [[nodiscard]] std::string_view description() const { return description_; }

 private:
  std::string_view kind_;
  std::string_view description_;
  Texts texts_;
  Rows rows_;
};

}  // namespace comity::record
