// Folds the log in a registry's directory, and prints the digest after every entry and all rows:
// print_record REGISTRY WORK_DIRECTORY. What it prints must not depend on the compiler.

#include <cstdio>

#include "log/log_reader.h"
#include "record/follower.h"
#include "record/milestone.h"

#include "tests/record/dump.h"

namespace comity::record {
namespace {

/// The head that the log's checkpoint names; whose signature it is does not matter here.
crypto::TreeHead head_of(const Files& files) {
  const auto text = files.read("checkpoint", 65536).value().value();
  const auto note = crypto::parse_note(as_text(text)).value();
  return crypto::parse_checkpoint(note.text).value().head();
}

int print(const char* registry, const char* place) {
  const auto files = open_directory(registry).value();
  const auto follower = Follower::open({*files, place}).value();
  const auto caught_up = follower->catch_up(head_of(*files));
  if (!caught_up) {
    std::fprintf(stderr, "%s\n", caught_up.error().sentence().c_str());
    return 1;
  }
  const log::Database& database = follower->fold().store().database();
  for (std::uint64_t size = 0; size <= follower->stamp().size; ++size)
    std::printf("D(%llu) = %s\n", static_cast<unsigned long long>(size),
                to_hex(digest_at(database, size).value().view()).c_str());
  for (const auto& [table, rows] : testing::dump(database))
    for (const std::string& row : rows) std::printf("%s: %s\n", table.c_str(), row.c_str());
  return 0;
}

}  // namespace
}  // namespace comity::record

int main(int count, char** arguments) {
  if (count != 3) return 2;
  return comity::record::print(arguments[1], arguments[2]);
}
