#include <chrono>

#include <fmt/format.h>

#include "record_digest.h"
#include "record_directory.h"
#include "text.h"
#include "verbs/verbs.h"

namespace comity::cli {
namespace {

struct RebuildOptions {
  std::string directory;
  bool file_digest = false;
};

constexpr const char* kRebuildFooter =
    "The record in REGISTRY/index can be made anew from the log at any time. Where it had been\n"
    "folded to the same size before, the two digests are compared: they must be the same.\n"
    "\n"
    "Examples:\n"
    "  comity rebuild registry\n"
    "  comity rebuild registry --file-digest     # the registrar files the digest in the log";

/// A record folded from nothing, beside the one that was there.
struct Rebuilt {
  record::Stamp before;
  record::Stamp stamp;
  std::uint64_t objects = 0;
  double seconds = 0;

  /// Nothing where they are of different sizes or logs, and so can't be compared.
  [[nodiscard]] std::optional<bool> same() const {
    if (before.size != stamp.size || before.root != stamp.root) return std::nullopt;
    return before.digest == stamp.digest;
  }
  [[nodiscard]] double rate() const {
    return seconds > 0 ? static_cast<double>(objects) / seconds : 0;
  }
};

Result<Rebuilt> rebuild(const ReadRegistry& registry, const Context& context) {
  COMITY_TRY(auto held, hold_record(registry, context));
  Rebuilt made{.before = held.follower->stamp(), .stamp = {}};
  const auto begin = std::chrono::steady_clock::now();
  COMITY_CHECK(held.follower->reset());
  COMITY_CHECK(held.catch_up(registry, context));
  made.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  made.stamp = held.follower->stamp();
  COMITY_TRY(const auto objects,
             held.follower->fold().store().database().integer("SELECT count(*) FROM version"));
  made.objects = static_cast<std::uint64_t>(objects);
  return made;
}

std::string verdict(const Rebuilt& made) {
  const auto same = made.same();
  if (!same) return "";
  if (*same) return "The record that was there had the same digest.\n";
  return wrapped("DIFFERENT: the record that was there had the digest " +
                     to_hex(made.before.digest.view()) +
                     " at the same size. It was not folded from this log, or was changed "
                     "afterwards; the one made now is. Whether the log itself is sound says "
                     "`comity audit`.",
                 0);
}

Outcome tell(const Rebuilt& made, const std::optional<log::Registered>& filed,
             const Context& context) {
  const auto same = made.same();
  const Json json{
      {"size", made.stamp.size},
      {"digest", to_hex(made.stamp.digest.view())},
      {"root", to_base64(made.stamp.root.view())},
      {"time", to_rfc3339(made.stamp.time)},
      {"objects", made.objects},
      {"seconds", made.seconds},
      {"objects_per_second", made.rate()},
      {"before", made.before.size == 0 ? Json(nullptr)
                                       : Json{{"size", made.before.size},
                                              {"digest", to_hex(made.before.digest.view())}}},
      {"same", same ? Json(*same) : Json(nullptr)},
      {"filed", filed ? Json(filed->index) : Json(nullptr)}};
  Facts facts;
  facts.add("size", counted(made.stamp.size, "entry", "entries"))
      .add("objects", grouped(made.objects))
      .add("digest", to_hex(made.stamp.digest.view()))
      .add("time", to_rfc3339(made.stamp.time))
      .add("took", fmt::format("{:.1f} s, {} objects a second", made.seconds,
                               grouped(static_cast<std::uint64_t>(made.rate()))))
      .add("filed", filed ? "the digest, in entry " + grouped(filed->index) : "");
  context.print(json, "Rebuilt the record\n" + facts.text() + verdict(made));
  return same.value_or(true) ? Outcome::ok : Outcome::failed_check;
}

Result<Outcome> rebuild_and_file(const RebuildOptions& options, Context& context) {
  COMITY_TRY(const auto open, open_registry(options.directory, context));
  COMITY_TRY(const auto registry, open->read());
  COMITY_TRY(const auto made, rebuild(registry, context));
  COMITY_TRY(const auto filed, file_digest(*open, made.stamp));
  return tell(made, filed, context);
}

Result<Outcome> run_rebuild(const RebuildOptions& options, Context& context) {
  if (options.file_digest) return rebuild_and_file(options, context);
  COMITY_TRY(const auto registry, read_registry(options.directory));
  COMITY_TRY(const auto made, rebuild(registry, context));
  return tell(made, std::nullopt, context);
}

}  // namespace

void add_rebuild(Verb app, Context& context) {
  auto options = std::make_shared<RebuildOptions>();
  const auto verb = app.add_subcommand("rebuild", "Fold the record anew from the log");
  verb.group("A registry");
  verb.footer(kRebuildFooter);
  add_registry(verb, options->directory);
  verb.add_flag("--file-digest", options->file_digest,
                "Have the registrar file the digest of the record in the log");
  run_when_named(verb, context, options, run_rebuild);
}

}  // namespace comity::cli
