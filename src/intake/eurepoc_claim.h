#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "intake/cell_text.h"
#include "intake/eurepoc_records.h"

namespace comity::intake {

/// What one attribution of the data set says, each thing once and nothing paired: its rows are the
/// combinations of these.
struct EurepocClaim {
  const EurepocAttributionRows* rows = nullptr;
  TextsOnce claimants;            ///< names as carried, masked ones too
  TextsOnce countries;            ///< ISO codes of attributing_country
  TextsOnce actors;               ///< names as carried, masked ones too
  TextsOnce initiator_countries;  ///< ISO codes
  TextsOnce initiator_kinds;      ///< Comity's words for the categories
  std::set<std::string> bases;
  std::set<std::string> types;
  std::set<std::string> dates;
  std::set<std::string> categories;  ///< the data set's
  bool country_unknown = false;      ///< some row has no known initiator country

  [[nodiscard]] static EurepocClaim read(const EurepocAttributionRows& rows);
  /// "self", "state" and so on where all rows agree, else "".
  [[nodiscard]] std::string_view claimant_kind() const;
  /// The country of a claimant that is a state's but not named; "" for others.
  [[nodiscard]] std::string unnamed_state() const;
};

}  // namespace comity::intake
