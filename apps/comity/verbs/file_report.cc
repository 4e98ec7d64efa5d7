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

Result<void> FilingReport::receive(const OpenRegistry& registry, const log::Registered& done,
                                   ByteView entry, Json& said) {
  if (options_.receipts.empty()) return {};
  COMITY_TRY(const auto receipt, registry.registry->receipt(done));
  const std::string prefix = options_.receipts + "/" + std::to_string(done.index);
  COMITY_CHECK(write_receipt_files(prefix, receipt, entry));
  said["receipt"] = prefix + ".receipt";
  said["tlog_proof"] = prefix + ".tlog-proof";
  said["statement"] = prefix + ".statement";
  text_ += "  its proofs are " + prefix + ".receipt, .tlog-proof and .statement\n";
  return {};
}

Result<void> FilingReport::file(OpenRegistry& registry, filing::SignedFiling made,
                                std::size_t items) {
  if (!options_.receipts.empty()) COMITY_CHECK(make_directory(options_.receipts));
  SealedFile sealed = sealed_of(made);
  const std::string base = options_.receipts.empty() ? "." : options_.receipts;
  const std::string early =
      base + "/" + to_hex(ByteView(crypto::sha256(made.filing)).first(8)) + ".sealed";
  // Before it is filed: a digest in the log that nobody can open any more is worth nothing.
  if (!sealed.items.empty()) COMITY_CHECK(put_sealed(early, sealed));
  COMITY_TRY(const auto envelope, filing::parse_envelope(made.filing));
  const Bytes entry = envelope.entry();
  const auto done = submit(registry, std::move(made.filing));
  std::error_code ignored;
  if (!done) {
    // A refusal leaves no trace; after a fault nobody knows yet, so the file stays.
    if (done.error().refusal() != nullptr) std::filesystem::remove(early, ignored);
    return std::unexpected<Error>(done.error());
  }
  objects += items;
  Json said{{"entry", done->index},
            {"size", crypto::count(done->head.size)},
            {"time", to_rfc3339(done->time)},
            {"objects", items},
            {"already_filed", done->already_filed}};
  text_ += fmt::format("Entry {}: {}{}.\n", done->index, counted(items, "object", "objects"),
                       done->already_filed ? ", the same statement as before" : "");
  if (!sealed.items.empty()) {
    sealed.entry = done->index;
    const std::string path = base + "/" + std::to_string(done->index) + ".sealed";
    COMITY_CHECK(put_sealed(path, sealed));
    std::filesystem::remove(early, ignored);
    said["sealed"] = path;
    text_ += "  " + path + " is all that can disclose what is sealed: keep a copy\n";
  }
  COMITY_CHECK(receive(registry, *done, entry, said));
  filings_.push_back(std::move(said));
  return {};
}

Result<void> FilingReport::try_out(OpenRegistry& registry, rules::Overlay& trial, Bytes filing,
                                   std::size_t items) {
  codec::JsonReader reader;
  COMITY_TRY(auto checked, filing::check(std::move(filing), registry.registry->find_key(), reader));
  COMITY_TRY(auto admitted, rules::admit(std::move(checked), trial, reader));
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

Result<void> FilingReport::keep(filing::SignedFiling made, std::size_t items) {
  const std::size_t nth = filings_.size() + 1;
  const std::string path = options_.sign_only + (nth == 1 ? "" : "-" + std::to_string(nth));
  const SealedFile sealed = sealed_of(made);
  if (!sealed.items.empty()) COMITY_CHECK(put_sealed(path + ".sealed", sealed));
  COMITY_CHECK(make_file(path, made.filing, Readers::everybody));
  objects += items;
  filings_.push_back({{"file", path}, {"objects", items}});
  text_ +=
      path + " holds " + counted(items, "object", "objects") + ", signed; file it with --signed.\n";
  return {};
}

void FilingReport::tell(const Context& context) const {
  std::string text = text_;
  if (skipped > 0) text += counted(skipped, "object was", "objects were") + " filed before.\n";
  if (filings_.empty()) text += "Nothing was left to file.\n";
  context.print({{"filings", filings_}, {"objects", objects}, {"skipped", skipped}}, text);
}

}  // namespace comity::cli
