#include "registry_directory.h"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "codec/ordered_json.h"
#include "filing/statement.h"
#include "log/replay.h"
#include "log/sqlite.h"

#include "disk_file.h"
#include "keys.h"
#include "progress.h"
#include "query/json.h"
#include "text.h"

namespace comity::cli {
namespace {

using query::text_at;

Result<void> check_directory(const std::string& directory) {
  std::error_code error;
  if (std::filesystem::is_directory(directory, error)) return {};
  if (error == std::errc::permission_denied) return fail("Looking at " + directory, error.value());
  return refuse("log-missing", "There is no directory " + directory +
                                   "; name a registry's, or make one with `comity init`.");
}

/// Copies the state as it stands between two transactions of its writer.
bool copy_state(const std::string& from, const std::string& to) {
  if (!is_there(from) || to.contains('\'')) return false;
  const auto database = log::Database::open(from);
  return database && database->run("VACUUM INTO '" + to + "'").has_value();
}

}  // namespace

Result<Trust> read_trust(const std::string& path) {
  COMITY_TRY(const Bytes bytes, read_file(path, kSmallFileBytes));
  return parse_trust(bytes, path);
}

Result<Trust> parse_trust(ByteView bytes, const std::string& path) {
  const Json json = codec::parse_ordered(as_text(bytes));
  const auto malformed = [&] {
    return refuse("trust-malformed",
                  path +
                      " is not a trust file (an object with origin, vkey, receipt_key and "
                      "registrar); get it from whoever you believe.");
  };
  if (!json.is_object()) return malformed();
  const auto log = crypto::parse_vkey(text_at(json, "vkey"));
  const auto receipt_key = parse_public_key(text_at(json, "receipt_key"));
  Trust trust{.origin = text_at(json, "origin"),
              .log = {},
              .receipt_key = {},
              .registrar = text_at(json, "registrar")};
  if (!log || !receipt_key || log->name != trust.origin || !filing::is_origin(trust.origin) ||
      !filing::is_party_id(trust.registrar))
    return malformed();
  trust.log = *log;
  trust.receipt_key = *receipt_key;
  return trust;
}

Result<Trust> read_own_trust(const std::string& directory) {
  COMITY_CHECK(check_directory(directory));
  auto trust = read_trust(trust_path(directory));
  if (!trust && trust.error().code() == "file-missing")
    return refuse("log-missing",
                  directory +
                      " has no trust.json, so it is no registry's directory; name a registry's, or "
                      "make one with `comity init`.");
  return trust;
}

std::string print(const Trust& trust) {
  const Json json{{"origin", trust.origin},
                  {"vkey", crypto::print(trust.log)},
                  {"receipt_key", text_of(trust.receipt_key)},
                  {"registrar", trust.registrar}};
  return json.dump(2) + "\n";
}

std::string trust_path(const std::string& directory) { return directory + "/trust.json"; }
std::string note_key_path(const std::string& directory) { return directory + "/private/note.key"; }
std::string receipt_key_path(const std::string& directory) {
  return directory + "/private/receipt.key";
}
std::string registrar_key_path(const std::string& directory) {
  return directory + "/private/registrar.key";
}

Result<std::unique_ptr<OpenRegistry>> open_registry(const std::string& directory, Context& context,
                                                    log::RegistryOptions options) {
  auto open = std::make_unique<OpenRegistry>();
  open->directory = directory;
  COMITY_TRY(open->trust, read_own_trust(directory));
  COMITY_TRY(open->files, open_directory(directory));
  COMITY_TRY(auto note, load_key(note_key_path(directory), context.passphrases));
  COMITY_TRY(auto receipt, load_key(receipt_key_path(directory), context.passphrases));
  COMITY_TRY(auto registrar, load_key(registrar_key_path(directory), context.passphrases));
  Progress progress("replaying the log", 0, context.progress());
  options.progress = progress.counter();
  COMITY_TRY(open->registry,
             log::Registry::open({*open->files, directory}, open->trust.origin,
                                 {std::move(note), std::move(receipt), std::move(registrar)},
                                 open->clock, options));
  return open;
}

std::string ReadRegistry::state_path() const {
  return log::RegistryPlace{*files, directory}.state_path();
}

Result<ReadRegistry> read_registry(const std::string& directory) {
  COMITY_TRY(auto trust, read_own_trust(directory));
  return read_registry(directory, std::move(trust));
}

Result<ReadRegistry> read_registry(const std::string& directory, Trust trust) {
  ReadRegistry read{
      .directory = directory, .trust = std::move(trust), .files = {}, .checkpoint = {}};
  COMITY_CHECK(check_directory(directory));
  COMITY_TRY(read.files, open_directory(directory));
  auto checkpoint = log::read_checkpoint(*read.files, read.trust.log);
  if (!checkpoint) return std::unexpected<Error>(at_place(directory, checkpoint.error()));
  read.checkpoint = std::move(*checkpoint);
  return read;
}

Result<ScratchDirectory> ScratchDirectory::make() {
  std::error_code error;
  const auto base = std::filesystem::temp_directory_path(error);
  if (error) return fail("Finding a directory for temporary files", error.value());
  std::string path = (base / "comity-XXXXXX").string();
  if (::mkdtemp(path.data()) == nullptr) return fail("Making a temporary directory", errno);
  return ScratchDirectory(std::move(path));
}

ScratchDirectory::~ScratchDirectory() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

Result<ReadState> read_state(const ReadRegistry& registry, const Context& context) {
  COMITY_TRY(auto scratch, ScratchDirectory::make());
  const std::string path = scratch.path() + "/admission.sqlite";
  if (!copy_state(registry.state_path(), path)) {
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
  }
  COMITY_TRY(auto state, log::SqliteState::open(path));
  Progress progress("replaying the log", registry.size(), context.progress());
  COMITY_CHECK(log::replay(*registry.files, registry.head(), *state,
                           {.erase = {}, .progress = progress.counter()}));
  return ReadState{std::move(scratch), std::move(state)};
}

}  // namespace comity::cli
