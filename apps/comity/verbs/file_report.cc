#include <filesystem>

#include <fmt/format.h>

#include "base/limits.h"
#include "crypto/sha256.h"
#include "filing/check.h"
#include "filing/envelope.h"

#include "disk_file.h"
#include "sealed_file.h"
#include "text.h"
#include "verbs/file.h"

namespace comity::cli {
namespace {

// Well below a filing's limits, with room for manifest, salts and readers.
constexpr std::size_t kGroupBytes = std::size_t{16} << 20;
constexpr std::size_t kGroupItems = 32'768;
constexpr std::size_t kItemOverhead = 64;

/// What a person is told of the rest after an error in the middle.
std::string unfinished(const FileOptions& options, const Error& error) {
  if (options.check_only) return "The rest was not looked at.\n";
  if (!options.sign_only.empty()) return "The rest was not signed.\n";
  return std::string(error.fault() == nullptr
                         ? "What is not named above was not filed."
                         : "Whether what is not named above was filed is not known.") +
         " Once it is mended, file all again" +
         (options.is_signed ? ": what is in the log is recognised.\n"
                            : " with --skip-filed,\nwhich leaves out what is in the log.\n");
}

SealedFile sealed_of(const filing::SignedFiling& made) {
  SealedFile sealed;
  for (std::size_t i = 0; i < made.kept.size(); ++i)
    if (!made.kept[i].salt.empty())
      sealed.items.push_back({i, made.kept[i].salt, made.kept[i].content});
  return sealed;
}

Result<void> put_sealed(const std::string& path, const SealedFile& sealed) {
  std::string text = print(sealed);
  const auto put = put_file(path, as_bytes(text), Readers::owner);
  crypto::wipe(text);
  return put;
}

Result<void> make_directory(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) return fail("Making the directory " + path, error.value());
  return {};
}

}  // namespace

std::vector<std::vector<filing::DraftItem>> split(std::vector<filing::DraftItem> items) {
  std::vector<std::vector<filing::DraftItem>> groups;
  std::size_t bytes = 0;
  for (auto& item : items) {
    std::size_t size = item.object.size() + kItemOverhead;
    for (const auto& reader : item.readers) size += reader.size() + 4;
    if (groups.empty() || bytes + size > kGroupBytes || groups.back().size() == kGroupItems) {
      groups.emplace_back();
      bytes = 0;
    }
    bytes += size;
    groups.back().push_back(std::move(item));
  }
  return groups;
}

Result<void> FilingReport::receive(const Issue& issue, const log::Registered& done, ByteView entry,
                                   Json& said) {
  if (options_.receipts.empty()) return {};
  COMITY_TRY(const auto receipt, issue(done));
  const std::string prefix = options_.receipts + "/" + std::to_string(done.index);
  COMITY_CHECK(write_receipt_files(prefix, receipt, entry));
  said["receipt"] = prefix + ".receipt";
  said["tlog_proof"] = prefix + ".tlog-proof";
  said["statement"] = prefix + ".statement";
  text_ += "  its proofs are " + prefix + ".receipt, .tlog-proof and .statement\n";
  return {};
}

/// What a filing on its way leaves to be done once it is answered.
struct FilingReport::Handed {
  Bytes entry;
  SealedFile sealed;
  std::string directory;  ///< where its files go
  std::string early;      ///< the path of what is sealed, before it has an index
  std::size_t items = 0;
};

Result<std::shared_ptr<FilingReport::Handed>> FilingReport::prepare(
    const MadeFiling& filing) const {
  if (!options_.receipts.empty()) COMITY_CHECK(make_directory(options_.receipts));
  auto handed = std::make_shared<Handed>();
  handed->sealed = sealed_of(filing.made);
  handed->directory = options_.receipts.empty() ? "." : options_.receipts;
  handed->early = handed->directory + "/" +
                  to_hex(ByteView(crypto::sha256(filing.made.filing)).first(8)) + ".sealed";
  handed->items = filing.items;
  // Before it is filed: a digest in the log that nobody can open any more is worth nothing.
  if (!handed->sealed.items.empty()) COMITY_CHECK(put_sealed(handed->early, handed->sealed));
  COMITY_TRY(const auto envelope, filing::parse_envelope(filing.made.filing));
  handed->entry = envelope.entry();
  return handed;
}

Result<void> FilingReport::file(const Issue& issue, FilingPipeline& pipeline, MadeFiling filing) {
  COMITY_TRY(const auto handed, prepare(filing));
  return pipeline.file({std::move(filing.made.filing), std::move(filing.name)},
                       [this, issue, handed](const Result<log::Registered>& answer) {
                         return answered(issue, *handed, answer);
                       });
}

Result<void> FilingReport::send(RemoteRegistry& remote, MadeFiling filing) {
  COMITY_TRY(const auto handed, prepare(filing));
  const auto filed = remote.file(filing.made.filing, handed->entry);
  if (filed)
    return answered([&](const log::Registered&) { return Result<log::Receipt>(filed->receipt); },
                    *handed, filed->registered);
  const auto kept = answered({}, *handed, std::unexpected<Error>(filed.error()));
  return kept ? std::unexpected<Error>(at_place(filing.name, filed.error())) : kept;
}

Result<void> FilingReport::answered(const Issue& issue, Handed& handed,
                                    const Result<log::Registered>& answer) {
  if (!answer) {
    // A refusal leaves no trace; after a fault nobody knows yet, so the file stays.
    std::error_code ignored;
    if (answer.error().refusal() != nullptr && !handed.sealed.items.empty())
      std::filesystem::remove(handed.early, ignored);
    return {};
  }
  const log::Registered* done = &*answer;
  const std::size_t items = handed.items;
  objects += items;
  Json said{{"entry", done->index},
            {"size", crypto::count(done->head.size)},
            {"time", to_rfc3339(done->time)},
            {"objects", items},
            {"already_filed", done->already_filed}};
  text_ += fmt::format("Entry {}: {}{}.\n", done->index, counted(items, "object", "objects"),
                       done->already_filed ? ", the same statement as before" : "");
  const auto written = write_files(issue, *done, handed, said);
  filings_.push_back(std::move(said));
  return written;
}

Result<void> FilingReport::write_files(const Issue& issue, const log::Registered& done,
                                       Handed& handed, Json& said) {
  if (!handed.sealed.items.empty()) {
    handed.sealed.entry = done.index;
    const std::string path = handed.directory + "/" + std::to_string(done.index) + ".sealed";
    COMITY_CHECK(put_sealed(path, handed.sealed));
    std::error_code ignored;
    std::filesystem::remove(handed.early, ignored);
    said["sealed"] = path;
    text_ += "  " + path + " is all that can disclose what is sealed: keep a copy\n";
  }
  return receive(issue, done, handed.entry, said);
}

Result<void> FilingReport::try_out(const OpenRegistry& registry, rules::Overlay& trial,
                                   MadeFiling filing) {
  codec::JsonReader reader;
  const auto decide = [&]() -> Result<rules::Admitted> {
    COMITY_TRY(auto checked,
               filing::check(std::move(filing.made.filing), registry.registry->find_key(), reader));
    return rules::admit(std::move(checked), trial, reader);
  };
  auto decided = decide();
  if (!decided) return std::unexpected<Error>(at_place(filing.name, decided.error()));
  const rules::Admitted& admitted = *decided;
  const std::size_t items = filing.items;
  const auto* already = std::get_if<rules::AlreadyFiled>(&admitted);
  if (already == nullptr) {
    const auto& entry = std::get<rules::AdmittedEntry>(admitted);
    trial.put(entry.changes(), entry.index() + 1);
  }
  objects += items;
  filings_.push_back({{"entry", already ? Json(already->index) : Json(nullptr)},
                      {"objects", items},
                      {"already_filed", already != nullptr}});
  text_ += "A filing of " + counted(items, "object", "objects") +
           (already ? " stands in the log already.\n" : " would be admitted; nothing was filed.\n");
  return {};
}

Result<void> FilingReport::keep(MadeFiling filing) {
  const std::size_t items = filing.items;
  const std::size_t nth = filings_.size() + 1;
  const std::string path = options_.sign_only + (nth == 1 ? "" : "-" + std::to_string(nth));
  const SealedFile sealed = sealed_of(filing.made);
  if (!sealed.items.empty()) COMITY_CHECK(put_sealed(path + ".sealed", sealed));
  COMITY_CHECK(make_file(path, filing.made.filing, Readers::everybody));
  objects += items;
  filings_.push_back({{"file", path}, {"objects", items}});
  text_ +=
      path + " holds " + counted(items, "object", "objects") + ", signed; file it with --signed.\n";
  return {};
}

Result<Outcome> FilingReport::tell(const Result<void>& ended, const Context& context) const {
  if (!ended && filings_.empty()) return std::unexpected<Error>(ended.error());
  std::string text = text_;
  if (skipped > 0) text += counted(skipped, "object was", "objects were") + " filed before.\n";
  if (filings_.empty()) text += "Nothing was left to file.\n";
  if (!ended) text += unfinished(options_, ended.error());
  context.print({{"filings", filings_},
                 {"objects", objects},
                 {"skipped", skipped},
                 {"complete", ended.has_value()}},
                text);
  if (!ended) return std::unexpected<Error>(ended.error());
  return Outcome::ok;
}

}  // namespace comity::cli
