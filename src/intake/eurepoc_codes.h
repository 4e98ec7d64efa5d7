#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "intake/csv_table.h"

namespace comity::intake {

/// How the data set writes several values into one cell.
enum class CellForm { kSingle, kSemicolons, kPython, kUnpublished };
[[nodiscard]] CellForm eurepoc_form(std::string_view column);

/// The values of a cell; one empty list where it is empty. A Python list that can't be read gives
/// nothing.
[[nodiscard]] std::optional<std::vector<std::string>> eurepoc_values(std::string_view cell,
                                                                     CellForm form);

/// Comity's words for the codes of EuRepoC 1.1. "" where it has none.
class EurepocCodes {
 public:
  /// Those of data/taxonomies.json.
  [[nodiscard]] static const EurepocCodes& known();

  /// Of a receiver's sub-code, else of its category.
  [[nodiscard]] std::string sector(std::string_view category, std::string_view subcode) const;
  /// Of a response's sub-code, else of its type.
  [[nodiscard]] std::string response_type(std::string_view type, std::string_view subcode) const;
  [[nodiscard]] std::string incident_type(std::string_view code) const;

 private:
  static Result<EurepocCodes> read(ByteView taxonomies);
  using Words = std::map<std::string, std::string, std::less<>>;
  Words sectors_;
  Words categories_;
  Words responses_;
  Words incidents_;
};

/// "self", "state", "company_security" and so on, of an attribution_basis.
[[nodiscard]] std::string_view eurepoc_claimant_kind(std::string_view basis);
/// The stakeholder group that a kind of claimant leads to.
[[nodiscard]] std::string_view eurepoc_group(std::string_view claimant_kind);
/// Of an attribution_type.
[[nodiscard]] std::string_view eurepoc_statement_type(std::string_view type);
/// Of an initiator's category and sub-category.
[[nodiscard]] std::string_view eurepoc_actor_type(std::string_view category,
                                                  std::string_view subcategory);
/// How far a claim goes that speaks of a state by that category: 5, 4, or 0.
[[nodiscard]] int eurepoc_strength(std::string_view category);

/// What the codes of a row say of effects and of techniques, in the order of the vocabulary.
[[nodiscard]] std::vector<std::string> eurepoc_effects(const CsvTable::Row& row);
[[nodiscard]] std::vector<std::string> eurepoc_techniques(const CsvTable::Row& row);

}  // namespace comity::intake
