#include "codec/cose_key.h"
#include "filing/hidden_content.h"
#include "filing/object.h"
#include "log/stored_entry.h"

#include "disk_file.h"
#include "record_directory.h"
#include "sealed_file.h"
#include "submit.h"
#include "text.h"
#include "verbs/verbs.h"

namespace comity::cli {
namespace {

struct ItemOptions {
  std::string directory;
  std::string to;
  std::uint64_t entry = 0;
  std::uint64_t ordinal = 0;
  std::string ground;
  std::string authority;
  std::string sealed_file;
  enum class Act { disclose, erase, hold, release } act = Act::disclose;

  [[nodiscard]] filing::ItemPlace place() const { return {entry, ordinal}; }
};

constexpr const char* kItemFooter =
    "An item is named by the index of its entry and its place in the filing, from 0, as\n"
    "`comity show REGISTRY ENTRY` lists them.\n"
    "\n"
    "Examples:\n";

constexpr const char* kDiscloseExamples =
    "  comity item disclose registry 17 0\n"
    "  comity item disclose registry 17 0 --sealed-file receipts/17.sealed\n";

constexpr const char* kEraseExamples =
    "  comity item erase registry 17 2 --ground 'names a private person' --authority 'court order "
    "5/26'\n"
    "  comity item erase registry 17 2 --ground 'personal data' --authority 'court order 5/26' \\\n"
    "      --to http://127.0.0.1:8080\n";

constexpr const char* kHoldExamples =
    "  comity item hold registry 17 2 --ground 'evidence in a case' --authority 'prosecutor, 7 "
    "May'\n";

constexpr const char* kReleaseExamples =
    "  comity item release registry 17 2 --ground 'the case is closed' --authority 'prosecutor, 9 "
    "July'\n";

/// With the examples; their last line gets its end from the printer.
std::string footer(std::initializer_list<const char*> examples) {
  std::string text = kItemFooter;
  for (const char* it : examples) text += it;
  text.pop_back();
  return text;
}

std::string footer_of(ItemOptions::Act act) {
  switch (act) {
    case ItemOptions::Act::disclose:
      return footer({kDiscloseExamples});
    case ItemOptions::Act::erase:
      return footer({kEraseExamples});
    case ItemOptions::Act::hold:
      return footer({kHoldExamples});
    case ItemOptions::Act::release:
      return footer({kReleaseExamples});
  }
  COMITY_ASSERT(false);
}

/// What the party has kept of a sealed item.
Result<rules::Disclosure> read_disclosure(const ItemOptions& options) {
  COMITY_TRY(auto file, read_sealed_file(options.sealed_file));
  if (file.entry && *file.entry != options.entry)
    return refuse("sealed-file-other",
                  options.sealed_file + " belongs to entry " + std::to_string(*file.entry) +
                      "; name the file of entry " + std::to_string(options.entry) + ".");
  for (auto& item : file.items)
    if (item.ordinal == options.ordinal)
      return rules::Disclosure{.salt = std::move(item.salt), .content = std::move(item.content)};
  return refuse("sealed-file-other", options.sealed_file + " holds no item " +
                                         std::to_string(options.ordinal) + "; name another.");
}

/// What is stored of a hidden item.
Result<Bytes> read_stored(const ReadRegistry& registry, const filing::ItemPlace& place) {
  const auto log = registry.log_reader();
  COMITY_TRY(const auto visible, registry.segment_reader(log::SegmentKind::visible));
  COMITY_TRY(const auto hidden, registry.segment_reader(log::SegmentKind::hidden));
  COMITY_TRY(auto item, log::find_item_in(log, {visible, &hidden})(place));
  if (!item.hidden)
    return refuse("item-not-hidden", "The item is public already; there is nothing to disclose.");
  if (item.content.empty())
    return refuse("item-not-at-hand",
                  "The item is sealed or erased, so the registry has no content of it; give what "
                  "its party has kept with --sealed-file.");
  return std::move(item.content);
}

Result<log::Registered> disclose(FilerAt& registrar, const ItemOptions& options) {
  std::optional<rules::Disclosure> disclosure;
  Bytes content;
  if (options.sealed_file.empty()) {
    COMITY_TRY(const auto committed, read_registry(options.directory, registrar.trust));
    COMITY_TRY(content, read_stored(committed, options.place()));
  } else {
    COMITY_TRY(disclosure, read_disclosure(options));
    content = disclosure->content;
  }
  COMITY_TRY(const auto inside, filing::parse_hidden(content));
  codec::JsonReader reader;
  COMITY_TRY(const auto head, filing::read_object(inside.object, reader));
  return submit_control(
      registrar,
      filing::Disclose{
          .item = options.place(), .id = head.id, .version = head.version, .revoked = head.revoked},
      std::move(disclosure));
}

Result<log::Registered> act(FilerAt& registrar, const ItemOptions& options) {
  switch (options.act) {
    case ItemOptions::Act::disclose:
      return disclose(registrar, options);
    case ItemOptions::Act::erase:
      return submit_control(registrar,
                            filing::Erase{options.place(), options.ground, options.authority});
    case ItemOptions::Act::hold:
      return submit_control(registrar,
                            filing::Hold{options.place(), true, options.ground, options.authority});
    case ItemOptions::Act::release:
      return submit_control(
          registrar, filing::Hold{options.place(), false, options.ground, options.authority});
  }
  COMITY_ASSERT(false);
}

Result<void> catch_up(OpenRegistry& registry, const Context& context) {
  COMITY_TRY(const auto read, registry.read());
  if (!is_there(read.directory + "/index/record.sqlite")) return {};
  COMITY_TRY(auto held, hold_record(read, context));
  return held.catch_up(read, context);
}

/// What is withheld must not stand in the record's files until somebody asks next. A server does
/// the same.
void bring_record_up(OpenRegistry& registry, const Context& context) {
  const auto done = catch_up(registry, context);
  if (!done)
    std::fprintf(stderr,
                 "comity: the statement stands in the log, but the record could not be brought up "
                 "to it: %s\n",
                 printable(done.error().sentence()).c_str());
}

Result<Outcome> run_item(const ItemOptions& options, Context& context) {
  constexpr std::array<const char*, 4> kDone{"disclosed", "erased", "on hold", "released"};
  const char* done_word = kDone.at(static_cast<std::size_t>(options.act));
  // A server takes no salts and contents, only statements.
  const std::string* to = options.sealed_file.empty() ? &options.to : nullptr;
  COMITY_TRY(auto registrar, open_for_filing({options.directory, {}, {}, to}, context));
  COMITY_TRY(const auto done, act(registrar, options));
  if (registrar.registry && options.act != ItemOptions::Act::disclose)
    bring_record_up(*registrar.registry, context);
  context.print({{"entry", done.index},
                 {"item", {{"entry", options.entry}, {"ordinal", options.ordinal}}},
                 {"state", done_word},
                 {"already_filed", done.already_filed}},
                "Item " + std::to_string(options.ordinal) + " of entry " +
                    std::to_string(options.entry) + " is " + done_word + " (entry " +
                    std::to_string(done.index) + ").\n");
  return Outcome::ok;
}

void add_act(Verb item, Context& context, ItemOptions::Act act, const char* name,
             const char* description) {
  auto options = std::make_shared<ItemOptions>();
  options->act = act;
  const auto verb = item.add_subcommand(name, description);
  add_registry(verb, options->directory);
  verb.add_option("ENTRY", options->entry, "The index of the entry")
      .required()
      .check(whole_number())
      .type_name("");
  verb.add_option("ORDINAL", options->ordinal, "The item's place in the filing, from 0")
      .required()
      .check(whole_number())
      .type_name("");
  const auto to = add_to(verb, options->to);
  if (act == ItemOptions::Act::disclose) {
    add_named(verb, "--sealed-file", options->sealed_file, "FILE",
              "What the party has kept of a sealed item")
        .excludes(to);
  } else {
    add_named(verb, "--ground", options->ground, "TEXT", "Why").required();
    add_named(verb, "--authority", options->authority, "TEXT", "On whose order").required();
  }
  verb.footer(footer_of(act));
  run_when_named(verb, context, options, run_item);
}

}  // namespace

void add_item(Verb app, Context& context) {
  const auto item =
      app.add_subcommand("item", "Disclose, erase or hold single items, as the registrar");
  item.group("A registry");
  item.require_subcommand(1);
  item.footer(footer({kDiscloseExamples, kEraseExamples, kHoldExamples, kReleaseExamples}));
  using Act = ItemOptions::Act;
  add_act(item, context, Act::disclose, "disclose", "Make a hidden or sealed item public");
  add_act(item, context, Act::erase, "erase", "Overwrite an item's content for ever");
  add_act(item, context, Act::hold, "hold", "Put an item on legal hold: not shown, not erased");
  add_act(item, context, Act::release, "release", "End a legal hold");
}

}  // namespace comity::cli
