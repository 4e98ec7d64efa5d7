#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "rules/overlay.h"

#include "filing_pipeline.h"
#include "keys.h"
#include "remote_registry.h"
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
  std::string to;  ///< the URL of a server
  bool hidden = false;
  bool sealed = false;
  bool check_only = false;
  bool skip_filed = false;
  bool is_signed = false;
};

/// Groups that each fit into one filing, in order.
[[nodiscard]] std::vector<std::vector<filing::DraftItem>> split(
    std::vector<filing::DraftItem> items);

/// A signed filing with the number of its objects, and its name in a complaint.
struct MadeFiling {
  filing::SignedFiling made;
  std::size_t items = 0;
  std::string name;
};

/// Files one signed filing after another as the options say, and tells what became of them.
class FilingReport {
 public:
  explicit FilingReport(const FileOptions& options) : options_(options) {}

  std::size_t expected = 0;  ///< objects to be filed; 0 = not known
  std::size_t objects = 0;   ///< filed so far
  std::size_t skipped = 0;

  /// Makes the proofs of what was filed, where they are asked for.
  using Issue = std::function<Result<log::Receipt>(const log::Registered&)>;

  /// Hands it to the pipeline, which this must outlive; once it is admitted, writes its receipts.
  /// What is sealed is written before anything else.
  Result<void> file(const Issue& issue, FilingPipeline& pipeline, MadeFiling filing);
  /// Sends it to a server and waits for the answer.
  Result<void> send(RemoteRegistry& remote, MadeFiling filing);
  /// Checks and admits it to `trial` only.
  Result<void> try_out(const OpenRegistry& registry, rules::Overlay& trial, MadeFiling filing);
  /// Writes it to a file.
  Result<void> keep(MadeFiling filing);

  /// What became of all, and then the error that has ended it.
  Result<Outcome> tell(const Result<void>& ended, const Context& context) const;

 private:
  struct Handed;
  /// What must be kept of a filing before it is handed in.
  Result<std::shared_ptr<Handed>> prepare(const MadeFiling& filing) const;
  Result<void> answered(const Issue& issue, Handed& handed, const Result<log::Registered>& answer);
  /// What is sealed, under its index, and the receipts.
  Result<void> write_files(const Issue& issue, const log::Registered& done, Handed& handed,
                           Json& said);
  Result<void> receive(const Issue& issue, const log::Registered& done, ByteView entry, Json& said);

  const FileOptions& options_;
  Json filings_ = Json::array();
  std::string text_;
};

}  // namespace comity::cli
