#include <algorithm>
#include <cerrno>
#include <system_error>

#include <sys/stat.h>
#include <unistd.h>

#include "log/epoch.h"
#include "log/log_time.h"
#include "log/sqlite.h"
#include "log/strays.h"

#include "diagnosis.h"
#include "disk_file.h"
#include "keys.h"
#include "query/snapshot.h"
#include "registry_directory.h"
#include "space_and_clock.h"
#include "text.h"
#include "token_file.h"
#include "verbs/verbs.h"

namespace comity::cli {
namespace {

struct DoctorOptions {
  std::string directory;
  bool adopt = false;
};

constexpr const char* kDoctorFooter =
    "Looks at the registry's surroundings: keys and their modes, lock, place, space, clock, "
    "state,\n"
    "record.\n"
    "Whether the log itself is sound is for `comity audit`.\n"
    "\n"
    "Examples:\n"
    "  comity doctor registry\n"
    "  comity doctor registry --adopt     # after a copy or a move, if no other copy is written to";

/// False where there is nothing more to be said of it.
bool look_at_mode(const std::string& path, mode_t wanted, Diagnosis& diagnosis) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) {
    if (errno == ENOENT || errno == ENOTDIR)
      diagnosis.ill(path, "is missing", "Restore it from your copy; without it nothing is signed.");
    else
      diagnosis.ill(path, "can't be looked at: " + std::system_category().message(errno),
                    "Run this as the registry's owner.");
    return false;
  }
  if ((status.st_mode & 0777 & ~wanted) != 0)
    diagnosis.ill(path, "others may read or change it",
                  "chmod " + std::string(wanted == 0700 ? "700 " : "600 ") + path +
                      ", and rotate the key if somebody else had access.");
  else
    diagnosis.well(path, "only its owner may use it");
  return true;
}

void look_at_keys(const ReadRegistry& registry, Diagnosis& diagnosis) {
  const std::string& dir = registry.directory;
  if (!look_at_mode(dir + "/private", 0700, diagnosis)) return;
  for (const auto& path : {note_key_path(dir), receipt_key_path(dir), registrar_key_path(dir)}) {
    if (!look_at_mode(path, 0600, diagnosis)) continue;
    const auto file = read_key_file(path);
    if (!file) diagnosis.ill(path, file.error());
  }
  const auto note = read_key_file(note_key_path(dir));
  const auto receipt = read_key_file(receipt_key_path(dir));
  if (note && note->public_key != registry.trust.log.key)
    diagnosis.ill(note_key_path(dir), "is not the key of trust.json's vkey",
                  "Restore the right one.");
  if (receipt && receipt->public_key != registry.trust.receipt_key)
    diagnosis.ill(receipt_key_path(dir), "is not trust.json's receipt_key",
                  "Restore the right one.");
}

/// None are needed, but no server starts with a file of them that it can't read.
void look_at_tokens(const ReadRegistry& registry, Diagnosis& diagnosis) {
  const std::string path = token_path(registry.directory);
  if (!is_there(path)) return;
  const auto tokens = read_tokens(path);
  if (!tokens) return diagnosis.ill(path, tokens.error());
  diagnosis.well(path, counted(tokens->size(), "token", "tokens"));
}

void look_at_record(const ReadRegistry& registry, const std::string& path, Diagnosis& diagnosis) {
  const char* again = "Nothing: it is made anew when the record is asked next.";
  const auto snapshot = query::Snapshot::open(path);
  if (!snapshot) return diagnosis.note("record", "it can't be read", again);
  const record::Stamp& stamp = snapshot->stamp();
  const auto then = crypto::read_range(crypto::TreeSize{std::min(stamp.size, registry.size())},
                                       registry.log_reader().tiles());
  if (!then) return diagnosis.ill("record", then.error());
  if (stamp.size > registry.size() || stamp.root != then->root())
    return diagnosis.note("record", "it is of another log or of an earlier state of this one",
                          again);
  if (stamp.size < registry.size())
    return diagnosis.note("record",
                          "it stands at " + counted(stamp.size, "entry", "entries") +
                              ", the log at " + grouped(registry.size()),
                          "Nothing: whoever asks it next folds what is missing.");
  diagnosis.well("record", "in step with the log, digest " + to_hex(stamp.digest.view()));
}

void look_at_place(const ReadRegistry& registry, Diagnosis& diagnosis) {
  const auto epoch = log::check_epoch(*registry.files);
  if (epoch)
    diagnosis.well("place", "the directory is where it was last written to, epoch " +
                                std::to_string(epoch->number));
  else
    diagnosis.ill("place", epoch.error());
  const auto lock = registry.files->lock(log::kLockPath);
  if (lock)
    diagnosis.well("lock", "nobody else has the registry open for writing");
  else if (lock.error().refusal() != nullptr)
    diagnosis.note("lock", "another process has the registry open for writing",
                   "Wait for it, or stop it, before you write.");
  else
    diagnosis.ill("lock", lock.error());
}

void look_at_state(const ReadRegistry& registry, const Context& context, Diagnosis& diagnosis) {
  const char* replayed = "Nothing: the next writer replays what is missing.";
  if (!is_there(registry.state_path())) {
    diagnosis.note("state", "there is none", replayed);
  } else {
    const auto database = log::Database::open(registry.state_path());
    const auto size = database ? database->integer("SELECT size FROM standing")
                               : Result<std::int64_t>(std::unexpected<Error>(database.error()));
    if (!size)
      diagnosis.note("state", "it can't be read", replayed);
    else if (static_cast<std::uint64_t>(*size) != registry.size())
      diagnosis.note("state",
                     "it stands at " +
                         counted(static_cast<std::uint64_t>(*size), "entry", "entries") +
                         ", the log at " + grouped(registry.size()),
                     replayed);
    else
      diagnosis.well("state",
                     "in step with the log at " + counted(registry.size(), "entry", "entries"));
  }
  const auto read = read_state(registry, context);
  if (!read) return diagnosis.ill("rules", read.error());
  const auto file = read_key_file(registrar_key_path(registry.directory));
  if (!file) return;
  const auto key = read->state->key(codec::key_id(file->public_key));
  if (!key) return diagnosis.ill("registrar", key.error());
  if (!*key || (*key)->party != registry.trust.registrar || (*key)->revoked_at)
    return diagnosis.ill("registrar", "private/registrar.key is no active key of the registrar",
                         "Put the key that it was rotated to in its place.");
  diagnosis.well("registrar", "private/registrar.key may sign");
}

/// The record is made of the log and can be made again, so it is a note at most that it is behind;
/// but whoever can write to it decides what is shown to people here.
void look_at_index(const ReadRegistry& registry, Diagnosis& diagnosis) {
  const std::string directory = registry.directory + "/index";
  if (!is_there(directory + "/record.sqlite"))
    return diagnosis.note("index", "no record is folded yet",
                          "Nothing: whoever asks the record first makes it.");
  struct stat found{};
  if (::stat(directory.c_str(), &found) != 0)
    return diagnosis.ill("index", std::system_category().message(errno), "Look at its modes.");
  if ((found.st_mode & 002U) != 0)
    diagnosis.ill("index", "others may write to it, and so change what is shown of the record here",
                  "chmod o-w " + directory + ", then `comity rebuild " + registry.directory + "`.");
  else if (::access(directory.c_str(), W_OK) != 0)
    diagnosis.note(
        "index", "it belongs to another user, and is not writable for this one",
        "Nothing, or ask as that user: here what is missing is folded for each question.");
  look_at_record(registry, directory + "/record.sqlite", diagnosis);
}

void look_at_strays(const ReadRegistry& registry, Diagnosis& diagnosis) {
  const auto strays = log::stray_tiles(*registry.files, registry.head().size);
  if (!strays) return diagnosis.ill("remains", strays.error());
  if (strays->empty()) return diagnosis.well("remains", "no file lies beyond the checkpoint");
  diagnosis.note(
      "remains",
      counted(strays->size(), "file lies", "files lie") +
          " beyond the checkpoint, of a batch that was not committed: " + strays->front(),
      "Nothing: the next writer removes them.");
}

Result<Outcome> adopt(const DoctorOptions& options, const Context& context) {
  COMITY_TRY(const auto registry, read_registry(options.directory));
  COMITY_TRY(const auto lock, registry.files->lock(log::kLockPath));
  COMITY_TRY(const auto epoch, log::adopt(*registry.files));
  context.print({{"adopted", true}, {"epoch", epoch.number}},
                options.directory + " is adopted, epoch " + std::to_string(epoch.number) +
                    ". Never write to any other copy of it again.\n");
  return Outcome::ok;
}

Result<Outcome> doctor(const DoctorOptions& options, Context& context) {
  if (options.adopt) return adopt(options, context);
  COMITY_TRY(const auto registry, read_registry(options.directory));
  Diagnosis diagnosis;
  diagnosis.well("checkpoint", "signed by the key of trust.json, " +
                                   counted(registry.size(), "entry", "entries"));
  look_at_keys(registry, diagnosis);
  look_at_tokens(registry, diagnosis);
  look_at_place(registry, diagnosis);
  look_at_space(registry.files->free_space(), diagnosis);
  look_at_clock(log::log_time(registry.log_reader()), SystemClock().now(), diagnosis);
  look_at_strays(registry, diagnosis);
  look_at_state(registry, context, diagnosis);
  look_at_index(registry, diagnosis);
  return diagnosis.tell(context);
}

}  // namespace

void add_doctor(Verb app, Context& context) {
  auto options = std::make_shared<DoctorOptions>();
  const auto verb =
      app.add_subcommand("doctor", "Look after a registry's keys, place, space and state");
  verb.group("A registry");
  verb.footer(kDoctorFooter);
  add_registry(verb, options->directory);
  verb.add_flag("--adopt", options->adopt, "Make this copy the one that is written to");
  run_when_named(verb, context, options, doctor);
}

}  // namespace comity::cli
