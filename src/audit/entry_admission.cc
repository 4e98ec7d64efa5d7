#include "audit/entry_admission.h"

#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "crypto/vkey.h"
#include "log/founding.h"
#include "log/log_reader.h"
#include "log/replay.h"

namespace comity::audit {
namespace {

/// Half of what waits for two workers at least, which must not run dry while a batch is written.
constexpr std::uint64_t kAdmissionBatch = 512;

/// The segment in which bytes of the item stand, or nothing where it has none there or zeros.
Result<std::optional<std::string>> find_bytes(const log::SegmentReader& reader,
                                              const filing::ItemPlace& place) {
  COMITY_TRY(const auto part, reader.read_part(place));
  if (!part || part->erased()) return std::nullopt;
  COMITY_TRY(const auto row, reader.find(place.entry));
  COMITY_ASSERT(row.has_value());
  return log::path_of(log::SegmentId{.kind = reader.kind(), .number = row->segment});
}

}  // namespace

struct EntryAdmission::Scratch {
  /// Removes its directory in the end.
  class Directory {
   public:
    explicit Directory(const std::string& parent)
        : path_(parent + "/comity-audit-" + log::random_uuid()) {}
    ~Directory() {
      std::error_code ignored;
      std::filesystem::remove_all(path_, ignored);
    }
    Directory(const Directory&) = delete;
    Directory& operator=(const Directory&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }
    Result<void> make() const {
      std::error_code error;
      std::filesystem::create_directories(path_, error);
      if (error) return fail("making " + path_ + " failed", error.value());
      return {};
    }

   private:
    std::string path_;
  };

  explicit Scratch(const std::string& parent) : directory(parent) {}

  Directory directory;
  std::unique_ptr<log::SqliteState> state;
  std::unique_ptr<rules::Overlay> batch;
  std::uint64_t size = 0;
  codec::JsonReader reader;
  std::optional<log::LogReader> log;
  std::optional<log::SegmentReader> visible;
  std::optional<log::SegmentReader> hidden;
  rules::FindItem find_item;
};

EntryAdmission::EntryAdmission(const Files& files, const AuditOptions& options, KeyBook& keys,
                               Report& report)
    : files_(&files),
      options_(&options),
      keys_(&keys),
      report_(&report),
      scratch_(std::make_unique<Scratch>(options.scratch_directory)) {}
EntryAdmission::EntryAdmission(EntryAdmission&&) noexcept = default;
EntryAdmission::~EntryAdmission() = default;

Result<EntryAdmission> EntryAdmission::open(const Files& files, const AuditOptions& options,
                                            KeyBook& keys, Report& report) {
  EntryAdmission admission(files, options, keys, report);
  Scratch& scratch = *admission.scratch_;
  COMITY_CHECK(scratch.directory.make());
  COMITY_TRY(scratch.state, log::SqliteState::open(scratch.directory.path() + "/admission.sqlite",
                                                   {.life = log::StateLife::scratch}));
  scratch.batch = std::make_unique<rules::Overlay>(*scratch.state);
  scratch.log.emplace(files, report.head);
  auto visible = log::SegmentReader::open(files, log::SegmentKind::visible, report.head.size);
  auto hidden = log::SegmentReader::open(files, log::SegmentKind::hidden, report.head.size);
  if (visible) scratch.visible.emplace(*visible);
  if (hidden && options.with_hidden) scratch.hidden.emplace(*hidden);
  if (scratch.visible)
    scratch.find_item = log::find_item_in(
        *scratch.log, {*scratch.visible, scratch.hidden ? &*scratch.hidden : nullptr});
  else
    admission.end(0);
  if (options.with_record && scratch.visible) COMITY_CHECK(admission.open_record());
  return admission;
}

Result<void> EntryAdmission::open_record() {
  const auto read = [scratch = scratch_.get()](std::uint64_t index) {
    return log::read_entry(*scratch->log, {*scratch->visible, nullptr}, index);
  };
  COMITY_TRY(record_, RecordAudit::open(scratch_->directory.path(), read));
  return {};
}

void EntryAdmission::end(std::uint64_t entry) {
  if (!report_->admission_ends) report_->admission_ends = entry;
}

Result<void> EntryAdmission::take(AuditedEntry& entry) {
  ++report_->entries;
  report_->bytes += entry.stored.entry.size();
  for (const auto* record : {&entry.stored.visible, &entry.stored.hidden})
    if (*record) report_->bytes += (*record)->bytes.size();
  // A worker that ran ahead of the key's registration has left the entry to us.
  if (!entry.checked && entry.checked.error().code() == "key-unknown")
    entry.checked = log::check_entry(entry.stored, keys_->finder(), scratch_->reader);
  if (!entry.checked) {
    if (entry.hashed || entry.checked.error().code() != "key-unknown" || !report_->admission_ends)
      report_->add(entry.checked.error(), entry.stored.index);
    end(entry.stored.index);
    return {};
  }
  count(*entry.checked, entry.stored.index);
  if (report_->admission_ends) return {};
  return admit(entry);
}

Result<void> EntryAdmission::admit(AuditedEntry& entry) {
  auto admitted = log::readmit(std::move(*entry.checked), *scratch_->batch, scratch_->find_item,
                               scratch_->reader);
  if (!admitted) {
    if (admitted.error().fault() != nullptr) return std::unexpected(admitted.error());
    report_->add({admitted.error().code(),
                  fmt::format("Entry {} is in the log, but the rules don't admit it: {}",
                              entry.stored.index, admitted.error().sentence()),
                  entry.stored.index});
    end(entry.stored.index);
    return {};
  }
  const rules::Changes& changes = admitted->changes();
  for (const rules::Party& party : changes.parties)
    report_->parties += party.admitted_at == entry.stored.index ? 1 : 0;
  for (const rules::Key& key : changes.keys)
    report_->keys += key.added_at == entry.stored.index ? 1 : 0;
  keys_->learn(changes);
  recount(entry.stored.index, *admitted);
  for (const auto& place : log::erased_places(*admitted))
    erasures_.push_back({entry.stored.index, place});
  if (record_) COMITY_CHECK(record_->take(*admitted));
  scratch_->batch->put(changes, ++scratch_->size);
  if (scratch_->size % kAdmissionBatch == 0) return flush();
  return {};
}

void EntryAdmission::count(const log::CheckedEntry& checked, std::uint64_t index) {
  const auto* filing = std::get_if<filing::CheckedFiling>(&checked.what);
  if (filing == nullptr) {
    ++report_->controls;
    const auto& control = std::get<filing::CheckedControl>(checked.what).control();
    if (checked.disclosure && checked.disclosure->erased_since)
      absent_.push_back(std::get<filing::Disclose>(control).item);
    return;
  }
  ++report_->filings;
  for (std::size_t i = 0; i < filing->items().size(); ++i) {
    const filing::CheckedItem& item = filing->items()[i];
    if (!item.item.hidden()) {
      ++report_->public_objects;
      if (item.absent()) absent_.push_back({index, i});
    } else {
      ++report_->hidden_objects;
      if (item.absent()) ++report_->sealed_objects;
    }
  }
}

void EntryAdmission::recount(std::uint64_t index, const rules::AdmittedEntry& entry) {
  for (const rules::ItemMarks& marks : entry.changes().marks) {
    const bool disclosed = marks.disclosed && marks.disclosed_at == index;
    const bool erased = entry.erased() && !marks.disclosed;
    if (!disclosed && !erased) continue;
    const auto item = scratch_->find_item(marks.place);  // the rules have just read it, too
    if (!item || !item->hidden || !item->salt.empty()) continue;
    // The writer of a live log may have erased it only since it was counted.
    if (report_->sealed_objects > 0) --report_->sealed_objects;
    if (erased) ++report_->erased_objects;
  }
}

Result<void> EntryAdmission::flush() {
  return scratch_->state->apply(scratch_->batch->take(), scratch_->size);
}

Result<void> EntryAdmission::account_for_absent() {
  for (const auto& place : absent_) {
    COMITY_TRY(const auto marks, scratch_->state->marks(place));
    if (marks && marks->erased) {
      ++report_->erased_objects;
      continue;
    }
    const bool held = marks && marks->held;
    if (held && options_->holds_are_withheld) {
      ++report_->held_objects;
      continue;
    }
    if (report_->admission_ends) continue;  // an erasure may stand behind the damage
    report_->add({"object-withheld",
                  fmt::format("The public object {} of entry {} is zeros, but no entry erases it: "
                              "it is withheld{}.",
                              place.ordinal, place.entry,
                              held ? ", though its hold keeps its bytes in the registry" : ""),
                  place.entry});
  }
  return {};
}

/// The bytes are looked for last, since the writer of a live log commits an erasure before it
/// overwrites them.
Result<void> EntryAdmission::account_for_erased() {
  for (const Erasure& erasure : erasures_) {
    for (const auto* reader : {&scratch_->visible, &scratch_->hidden}) {
      if (!*reader) continue;
      const auto stands = find_bytes(**reader, erasure.place);
      if (!stands && stands.error().fault() != nullptr) return std::unexpected(stands.error());
      if (!stands || !*stands) continue;  // damage was reported when the entry was read
      report_->add({"erasure-not-done",
                    fmt::format("What entry {} erases stands in {}, still or again: item {} in the "
                                "record of entry {}.",
                                erasure.by, **stands, erasure.place.ordinal, erasure.place.entry),
                    erasure.place.entry});
    }
  }
  return {};
}

Result<void> EntryAdmission::finish() {
  COMITY_CHECK(flush());
  COMITY_CHECK(account_for_absent());
  COMITY_CHECK(account_for_erased());
  if (record_) COMITY_CHECK(record_->finish(*report_));
  COMITY_TRY(const auto standing, scratch_->state->standing());
  report_->time = standing.time;
  if (!standing.charter || report_->admission_ends) return {};
  if (standing.charter->vkey != crypto::print(options_->log))
    report_->add({"log-key-mismatch",
                  "The checkpoint is signed by a key that the charter in force does not name.",
                  std::nullopt});
  return {};
}

}  // namespace comity::audit
