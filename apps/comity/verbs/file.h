#pragma once

#include <set>
#include <string>
#include <vector>

#include "rules/overlay.h"

#include "keys.h"
#include "submit.h"

namespace comity::cli {

struct FileOptions {
  std::string directory;
  std::vector<std::string> files;
  std::string party;
  std::string key;
  std::vector<std::string> readers;
  std::string about;
  std::string receipts;
  std::string sign_only;
  bool hidden = false;
  bool sealed = false;
  bool check_only = false;
  bool skip_filed = false;
  bool is_signed = false;
};

/// Groups that each fit into one filing, in order.
[[nodiscard]] std::vector<std::vector<filing::DraftItem>> split(
    std::vector<filing::DraftItem> items);

/// Files one signed filing after another as the options say, and tells what became of them.
class FilingReport {
 public:
  explicit FilingReport(const FileOptions& options) : options_(options) {}

  std::size_t objects = 0;
  std::size_t skipped = 0;

  /// Has it admitted; writes receipts, and what is sealed before anything else.
  Result<void> file(OpenRegistry& registry, filing::SignedFiling made, std::size_t items);
  /// Checks and admits it to `trial` only.
  Result<void> try_out(OpenRegistry& registry, rules::Overlay& trial, Bytes filing,
                       std::size_t items);
  /// Writes it to a file.
  Result<void> keep(filing::SignedFiling made, std::size_t items);

  void tell(const Context& context) const;

 private:
  Result<void> receive(const OpenRegistry& registry, const log::Registered& done, ByteView entry,
                       Json& said);

  const FileOptions& options_;
  Json filings_ = Json::array();
  std::string text_;
};

}  // namespace comity::cli
