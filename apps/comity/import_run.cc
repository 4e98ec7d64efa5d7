#include "import_run.h"

#include <algorithm>
#include <utility>

#include "filing_pipeline.h"
#include "import_preview.h"
#include "progress.h"
#include "text.h"

namespace comity::cli {
namespace {

/// Objects of one filing: few signatures, and a filing is far below its bound.
constexpr std::size_t kFilingObjects = 1000;
constexpr std::size_t kFilingBytes = std::size_t{8} << 20;

}  // namespace

Result<ImportRun> ImportRun::open(const ImportOptions& options, Context& context) {
  COMITY_TRY(auto at, open_for_filing({options.directory, options.party, options.key}, context));
  ImportRun run(std::move(at), options);
  COMITY_CHECK(run.open_before(context));
  return run;
}

intake::Importer ImportRun::importer() const {
  return {.identity = at_.party, .created = at_.registry->clock.now()};
}

Result<void> ImportRun::open_before(const Context& context) {
  COMITY_TRY(auto registry, at_.registry->read());
  COMITY_TRY(auto record, read_record(registry, context));
  COMITY_TRY(const auto contents, query::Contents::open(*registry.files, record.snapshot));
  COMITY_TRY(auto filed, query::FiledBy::open(record.snapshot, at_.party));
  before_ = std::make_unique<Before>(Before{.registry = std::move(registry),
                                            .record = std::move(record),
                                            .contents = contents,
                                            .filed = std::move(filed)});
  return {};
}

Result<std::optional<intake::FiledVersion>> ImportRun::find_filed(std::string_view id) const {
  COMITY_TRY(const auto filed, before_->filed.of(id));
  if (!filed) return std::nullopt;
  intake::FiledVersion version;
  version.withdrawn = filed->withdrawn;
  if (version.withdrawn || !filed->newest) return version;
  COMITY_TRY(const auto content, before_->contents.read(*filed->newest));
  // On hold, or erased since: what is withheld doesn't come back by another way.
  version.withdrawn = !content;
  if (content)
    if (const auto read = intake::filed_version(as_text(*content))) version = *read;
  version.modified = filed->newest->modified;
  return version;
}

Result<void> ImportRun::add(std::vector<std::string> objects) {
  COMITY_TRY(const auto changes, intake::changes(std::move(objects), [this](std::string_view id) {
               return find_filed(id);
             }));
  for (const std::string& object : changes.objects) objects_.push_back(to_bytes(object));
  counts_.added += changes.added;
  counts_.changed += changes.changed;
  counts_.unchanged += changes.unchanged;
  counts_.withdrawn += changes.withdrawn;
  return {};
}

Result<void> ImportRun::add_case(std::vector<std::string> objects) {
  ends_.insert(objects_.size());
  COMITY_CHECK(add(std::move(objects)));
  ends_.insert(objects_.size());
  return {};
}

Result<void> ImportRun::add_verbatim(ByteView object, const filing::ObjectHead& head) {
  COMITY_TRY(const auto filed, at_.registry->state().version(at_.party, head.id, head.version));
  if (filed) {
    ++counts_.unchanged;
    return {};
  }
  COMITY_TRY(const auto before, before_->filed.of(head.id));
  if (before && (before->withdrawn || (before->newest && before->newest->held))) {
    ++counts_.withdrawn;
  } else {
    objects_.push_back(to_bytes(object));
    ++(before ? counts_.changed : counts_.added);
  }
  return {};
}

Result<std::vector<Bytes>> ImportRun::sign_all() {
  const OpenRegistry& registry = *at_.registry;
  std::vector<Bytes> filings;
  for (std::size_t next = 0; next < objects_.size();) {
    std::vector<filing::DraftItem> items;
    std::size_t bytes = 0;
    do {
      bytes += objects_[next].size();
      items.push_back(public_item(std::move(objects_[next++])));
    } while (next < objects_.size() && !ends_.contains(next) && items.size() < kFilingObjects &&
             bytes < kFilingBytes);
    COMITY_TRY(auto made,
               sign_items(registry.trust.origin, at_.filer(), items, {}, registry.clock.now()));
    filings.push_back(std::move(made.filing));
  }
  objects_.clear();
  // One that is refused keeps out all, not just those after it.
  codec::JsonReader reader;
  if (filings.size() > 1)
    for (const Bytes& filing : filings)
      COMITY_CHECK(filing::check(filing, registry.registry->find_key(), reader));
  return filings;
}

Result<void> ImportRun::file_all(const Context& context) {
  before_.reset();
  COMITY_TRY(auto filings, sign_all());
  Progress progress("filing", filings.size(), context.progress());
  FilingPipeline pipeline(*at_.registry);
  filings_ = filings.size();
  std::uint64_t answered = 0;
  for (Bytes& filing : filings)
    COMITY_CHECK(pipeline.file({std::move(filing), {}}, [&](const auto&) -> Result<void> {
      progress.at(++answered);
      return {};
    }));
  return pipeline.finish();
}

Json ImportRun::report(const std::map<std::string, std::uint64_t>& what,
                       const intake::Doubts& doubts) const {
  Json json{{"party", at_.party}};
  for (const auto& [name, number] : what) json[name] = number;
  json["filings"] = filings_;
  json["objects"] = counts_.added + counts_.changed;
  json["added"] = counts_.added;
  json["changed"] = counts_.changed;
  json["unchanged"] = counts_.unchanged;
  json["withdrawn"] = counts_.withdrawn;
  json["dry_run"] = dry_run_;
  json["doubtful"] = Json::object();
  for (const auto& [kind, found] : doubts.kinds())
    json["doubtful"][kind] = {{"count", found.count}, {"examples", found.examples}};
  if (dry_run_) json["preview"] = import_preview(objects_);
  return json;
}

std::string ImportRun::summary(const std::map<std::string, std::uint64_t>& what,
                               const intake::Doubts& doubts) const {
  std::vector<std::string> parts;
  parts.reserve(what.size());
  for (const auto& [name, number] : what) parts.push_back(name + " " + grouped(number));
  const std::size_t objects = counts_.added + counts_.changed;
  std::string text = "In the source: " + joined(parts) + ".\n";
  if (objects == 0)
    text += "Nothing is new: all of it was filed before.\n";
  else
    text += (dry_run_ ? "Would file " : "Filed ") + counted(objects, "object", "objects") +
            (dry_run_ ? "" : " in " + counted(filings_, "filing", "filings")) + ": " +
            grouped(counts_.added) + " new, " + grouped(counts_.changed) + " changed; " +
            grouped(counts_.unchanged) + " unchanged.\n";
  if (counts_.withdrawn > 0)
    text += counted(counts_.withdrawn, "object was", "objects were") +
            " left out, having been erased, revoked or put on hold.\n";
  if (dry_run_) text += import_preview_text(import_preview(objects_));
  if (doubts.kinds().empty()) return text;
  text += "\nDoubtful, and marked so:\n";
  for (const auto& [kind, found] : doubts.kinds()) {
    std::vector<std::string> examples;
    examples.reserve(found.examples.size() + 1);
    for (const std::string& example : found.examples) examples.push_back(printable(example));
    if (found.count > examples.size()) examples.emplace_back("...");
    text +=
        wrapped(joined(examples), 38,
                "  " + kind + std::string(kind.size() < 26 ? 26 - kind.size() : 1, ' ') +
                    std::string(8 - std::min<std::size_t>(8, grouped(found.count).size()), ' ') +
                    grouped(found.count) + "  ");
  }
  return text;
}

Result<Outcome> ImportRun::finish(const std::map<std::string, std::uint64_t>& what,
                                  const intake::Doubts& doubts, Context& context) {
  if (!dry_run_) COMITY_CHECK(file_all(context));
  context.print(report(what, doubts), summary(what, doubts));
  return Outcome::ok;
}

}  // namespace comity::cli
