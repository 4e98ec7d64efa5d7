#include "log_walk.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "filing/hidden_content.h"
#include "log/stored_entry.h"

#include "text.h"

namespace comity::cli {
namespace {

template <class... Cases>
struct Match : Cases... {
  using Cases::operator()...;
};

/// Content of an item where the record has it and it was not erased.
ByteView content_of(const log::Record& record, std::uint64_t ordinal) {
  const auto part = std::lower_bound(
      record.parts.begin(), record.parts.end(), ordinal,
      [](const rules::Part& p, std::uint64_t wanted) { return p.ordinal < wanted; });
  if (part == record.parts.end() || part->ordinal != ordinal || log::is_erased(*part)) return {};
  return part->content;
}

Result<void> read_items(const log::StoredEntry& stored, WalkedEntry& entry) {
  if (!stored.visible)
    return refuse("log-record-missing",
                  fmt::format("The manifest of entry {} is not in segments/public; see `comity "
                              "audit`.",
                              entry.index));
  COMITY_TRY(const auto items, filing::parse_manifest(stored.visible->record.manifest));
  for (std::uint64_t i = 0; i < items.size(); ++i)
    entry.items.push_back({{entry.index, i}, items[i], content_of(stored.visible->record, i)});
  return {};
}

/// Advances `time` to the entry's, and takes the entry apart.
Result<WalkedEntry> read_entry(const log::StoredEntry& stored, UnixSeconds& time) {
  WalkedEntry entry;
  entry.index = stored.index;
  COMITY_TRY(entry.statement, filing::parse_statement(stored.entry));
  if (entry.index == 0) time = entry.statement.issued_at;
  if (entry.statement.kind == filing::StatementKind::filing) {
    COMITY_CHECK(read_items(stored, entry));
  } else {
    COMITY_TRY(entry.control, filing::parse_control(entry.statement.payload));
    if (const auto* tick = std::get_if<filing::Tick>(&*entry.control)) time = tick->time;
    const auto* disclose = std::get_if<filing::Disclose>(&*entry.control);
    if (disclose != nullptr && stored.visible) {
      entry.disclosed = WalkedItem{
          disclose->item, filing::Item{{}, disclose->id, disclose->version, disclose->revoked}, {}};
      const auto inside =
          filing::parse_hidden(content_of(stored.visible->record, disclose->item.ordinal));
      if (inside) entry.disclosed->content = inside->object;
    }
  }
  entry.time = time;
  return entry;
}

}  // namespace

Result<UnixSeconds> time_at(const log::LogReader& log, std::uint64_t index) {
  for (std::uint64_t at = index + 1; at-- > 0;) {
    COMITY_TRY(const Bytes entry, log.entry(crypto::LeafIndex{at}));
    COMITY_TRY(const auto statement, filing::parse_statement(entry));
    if (at == 0) return statement.issued_at;
    if (statement.kind != filing::StatementKind::control) continue;
    COMITY_TRY(const auto control, filing::parse_control(statement.payload));
    if (const auto* tick = std::get_if<filing::Tick>(&control)) return tick->time;
  }
  return refuse("log-empty", "The log holds no entry yet; `comity init` makes the first.");
}

Result<void> walk(const ReadRegistry& registry, const WalkFrom& from,
                  const std::function<Result<Walk>(const WalkedEntry&)>& visit) {
  const auto log = registry.log_reader();
  if (from.index >= log.size())
    return refuse("entry-out-of-range",
                  fmt::format("The log has {}, the first of which is 0; there is no entry {}.",
                              counted(log.size(), "entry", "entries"), from.index));
  UnixSeconds time{};
  if (from.index > 0) {
    COMITY_TRY(time, time_at(log, from.index - 1));
  }
  COMITY_TRY(const auto visible, registry.segment_reader(log::SegmentKind::visible));
  COMITY_TRY(auto entries, log::EntryWalk::open(log, {visible, nullptr}, from.index));
  for (std::uint64_t done = 0; done < from.count; ++done) {
    COMITY_TRY(const auto stored, entries.next());
    if (!stored) break;
    COMITY_TRY(const auto entry, read_entry(*stored, time));
    COMITY_TRY(const Walk next, visit(entry));
    if (next == Walk::stop) break;
  }
  return {};
}

void note_fate(Fates& fates, const WalkedEntry& entry) {
  if (!entry.control) return;
  std::visit(Match{[&](const filing::Erase& it) {
                     auto& fate = fates[it.item];
                     fate.erased = true;
                     fate.ground = it.ground;
                     fate.authority = it.authority;
                   },
                   [&](const filing::Hold& it) {
                     auto& fate = fates[it.item];
                     fate.held = it.on;
                     fate.ground = it.on ? it.ground : "";
                     fate.authority = it.on ? it.authority : "";
                   },
                   [&](const filing::Disclose& it) { fates[it.item].disclosed_at = entry.index; },
                   [](const auto&) {}},
             *entry.control);
}

std::string name_of(const filing::Control& control) {
  return std::visit(Match{[](const filing::Tick&) { return "tick"; },
                          [](const filing::Disclose&) { return "disclose"; },
                          [](const filing::Erase&) { return "erase"; },
                          [](const filing::Hold&) { return "hold"; },
                          [](const filing::ActivateRules&) { return "rules"; },
                          [](const filing::FileDigest&) { return "digest"; }},
                    control);
}

std::string describe(const filing::Control& control) {
  const auto place = [](const filing::ItemPlace& it) {
    return fmt::format("item {} of entry {}", it.ordinal, it.entry);
  };
  const auto because = [](const auto& it) {
    return printable(fmt::format("ground: {}; authority: {}", it.ground, it.authority));
  };
  return std::visit(
      Match{
          [](const filing::Tick& it) { return "the log's time is " + to_rfc3339(it.time); },
          [&](const filing::Disclose& it) { return place(it.item) + " becomes public: " + it.id; },
          [&](const filing::Erase& it) { return place(it.item) + " is erased; " + because(it); },
          [&](const filing::Hold& it) {
            return place(it.item) + (it.on ? " is put on hold; " : " is released from hold; ") +
                   because(it);
          },
          [](const filing::ActivateRules& it) {
            return fmt::format("version {} of the rules is in force from here on", it.version);
          },
          [](const filing::FileDigest& it) {
            return fmt::format("the record of the first {} entries has the digest {}", it.size,
                               to_hex(it.digest.view()));
          }},
      control);
}

}  // namespace comity::cli
