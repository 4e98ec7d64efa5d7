#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "intake/case.h"
#include "intake/imported.h"
#include "intake/versions.h"

#include "context.h"
#include "query/content.h"
#include "query/filed_by.h"
#include "record_directory.h"
#include "submit.h"

namespace comity::cli {

/// What every import is told on the command line.
struct ImportOptions {
  std::string directory;
  std::string party;
  std::string key;
  std::string source;  ///< a file or a directory; "" where the import has its own data
  std::string map;     ///< of a table
  bool dry_run = false;
  bool no_description = false;
};

/// One import: opens the registry, finds out what the party has filed of it before, and files the
/// rest, in filings of at most a thousand objects that share commits.
class ImportRun {
 public:
  [[nodiscard]] static Result<ImportRun> open(const ImportOptions& options, Context& context);

  /// Who imports, as of now.
  [[nodiscard]] intake::Importer importer() const;
  [[nodiscard]] const FilerAt& at() const { return at_; }

  /// Adds what an importer made; it is filed in this order. Leaves out what is filed already.
  Result<void> add(std::vector<std::string> objects);
  /// The same in a filing of its own, which can be proved and read by itself.
  Result<void> add_case(std::vector<std::string> objects);
  /// Adds objects of others as they stand; leaves out versions that the party has filed.
  Result<void> add_verbatim(ByteView object, const filing::ObjectHead& head);

  /// Signs and files all of it, or with --dry-run nothing, and tells what came of it. `what` are
  /// the source's own counts. With --dry-run it shows the first of what would be filed.
  Result<Outcome> finish(const std::map<std::string, std::uint64_t>& what,
                         const intake::Doubts& doubts, Context& context);

 private:
  ImportRun(FilerAt at, const ImportOptions& options)
      : at_(std::move(at)), dry_run_(options.dry_run) {}
  /// What was filed before, as the record has it.
  struct Before {
    ReadRegistry registry;
    ReadRecord record;
    query::Contents contents;
    query::FiledBy filed;
  };
  Result<void> open_before(const Context& context);
  /// The newest version of the id that the party has filed.
  Result<std::optional<intake::FiledVersion>> find_filed(std::string_view id) const;
  /// Signed filings of all objects, each of which passes the check.
  [[nodiscard]] Result<std::vector<Bytes>> sign_all();
  Result<void> file_all(const Context& context);
  [[nodiscard]] Json report(const std::map<std::string, std::uint64_t>& what,
                            const intake::Doubts& doubts) const;
  [[nodiscard]] std::string summary(const std::map<std::string, std::uint64_t>& what,
                                    const intake::Doubts& doubts) const;

  FilerAt at_;
  bool dry_run_;
  std::unique_ptr<Before> before_;  ///< until filing begins
  std::vector<Bytes> objects_;
  std::set<std::size_t> ends_;  ///< places among the objects at which a filing ends
  intake::Changes counts_;      ///< its list of objects stays empty
  std::size_t filings_ = 0;
};

}  // namespace comity::cli
