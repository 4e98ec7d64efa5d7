#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "base/partial_date.h"
#include "base/time.h"
#include "crypto/uuid.h"
#include "intake/case.h"
#include "intake/fields.h"

namespace comity::intake {

/// Makes the STIX 2.1 objects of one importer: ids from stable names, first versions, TLP:CLEAR.
class StixMaker {
 public:
  /// Refuses `importer-malformed`.
  [[nodiscard]] static Result<StixMaker> of(const Importer& importer);

  /// "note--" and the UUID of the name among this importer's names. The importer is part of it,
  /// because only one party may make versions of an id.
  [[nodiscard]] std::string id(std::string_view type, std::string_view name) const;
  /// type, spec_version, id, created_by_ref, created, modified.
  [[nodiscard]] Json head(std::string_view type, std::string_view name) const;
  /// The bytes to file: the object with its marking, compact, members in the order written.
  [[nodiscard]] static std::string finish(Json object);

  /// A finished relationship. REQUIRES: neither end is a relationship.
  [[nodiscard]] std::string relationship(std::string_view name, std::string_view from,
                                         std::string_view type, std::string_view to) const;

 private:
  StixMaker(std::string identity, std::string created, const crypto::Uuid& space)
      : identity_(std::move(identity)), created_(std::move(created)), space_(space) {}

  std::string identity_;
  std::string created_;
  crypto::Uuid space_;
};

/// The bytes of an object, unless it is too large to be filed. `record` names it in the refusal.
[[nodiscard]] Result<std::string> finish_bounded(Json object, std::string_view record);

/// Begins Comity's property extension: its type and the kind of object.
[[nodiscard]] Json extension(std::string_view kind);

/// {"date": "2017-06", "precision": "month"}
[[nodiscard]] Json to_json(const PartialDate& date);

}  // namespace comity::intake
