#pragma once

#include <string>

#include "object_text.h"
#include "query/statements.h"

/// Statements of parties as a person reads them: each its maker's, in its words, with its doubt.
namespace comity::cli {

/// Headed by its date and its maker, with the words, and who filed it in what form. `about` is put
/// before the words.
[[nodiscard]] Result<std::string> claim_text(RecordAt& at, const query::Claim& claim,
                                             const std::string& about = {});
[[nodiscard]] Result<std::string> response_text(RecordAt& at, const query::Response& response);
[[nodiscard]] Result<std::string> finding_text(RecordAt& at, const query::Finding& finding);
[[nodiscard]] Result<std::string> opinion_text(RecordAt& at, const query::Opinion& opinion);

/// A section of such; `none` is said where there are none.
class Section {
 public:
  explicit Section(std::string title, std::string none = {})
      : title_(std::move(title)), none_(std::move(none)) {}
  void add(const std::string& text);

  /// Nothing where it is empty and nothing is said of that.
  [[nodiscard]] std::string text() const;

 private:
  std::string title_;
  std::string none_;
  std::string text_;
  std::size_t size_ = 0;
};

/// Claims, each with the incidents that it is about.
[[nodiscard]] Result<Section> claims_section(RecordAt& at, const std::vector<query::Claim>& claims,
                                             Section section);

}  // namespace comity::cli
