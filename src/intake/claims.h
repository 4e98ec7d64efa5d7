#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "intake/fields.h"
#include "intake/stix_maker.h"

namespace comity::intake {

/// Who spoke or acted in the landmark record, each an `identity` made by the importer.
class Claimants {
 public:
  /// Reads the list `claimants`; refuses a name that stands twice.
  [[nodiscard]] static Result<Claimants> read(const Fields& file, const StixMaker& maker);

  /// The id of who is named by the member "by" of a claim.
  [[nodiscard]] Result<std::string> id_of(const Fields& claim) const;
  /// The finished identities, in the order of the file.
  [[nodiscard]] const std::vector<std::string>& objects() const { return objects_; }

 private:
  std::map<std::string, std::string, std::less<>> ids_;
  std::vector<std::string> objects_;
};

/// What is needed to make the objects of one incident's claims.
struct ClaimContext {
  const StixMaker& maker;
  const Claimants& claimants;
  /// "landmark/notpetya"
  std::string name;
  /// The incident's STIX id.
  std::string incident;
};

/// One element of `attributions`: a note on the incident and the claimant.
[[nodiscard]] Result<std::vector<std::string>> attribution(const ClaimContext& context,
                                                           const Fields& claim);

/// One element of `responses`: a course of action and its relationship to the incident, or for a
/// denial a note, because a denial is a reply and not a response.
[[nodiscard]] Result<std::vector<std::string>> response(const ClaimContext& context,
                                                        const Fields& claim);

}  // namespace comity::intake
