// Prints every object that the import of the embedded data files makes, one a line, beginning with
// the identity of the importing party: what tests/intake/stix_test.py validates.

#include <cstdio>
#include <string>
#include <vector>

#include "base/time.h"
#include "intake/definitions.h"
#include "intake/embedded.h"
#include "intake/landmarks.h"
#include "intake/rulebooks.h"

namespace {

constexpr const char* kParty = "identity--0c5e3b8a-6d3f-4b52-9c1e-5d1f6a2b7c90";
constexpr comity::UnixMicros kCreated{1'750'000'000'000'000};

/// The importing party itself, as its own filing would have it.
std::string party() {
  const std::string time = comity::to_rfc3339(kCreated);
  return R"({"type":"identity","spec_version":"2.1","id":")" + std::string(kParty) +
         R"(","created":")" + time + R"(","modified":")" + time +
         R"(","name":"Example registrar","identity_class":"organization"})";
}

void print(const std::vector<std::string>& objects) {
  for (const std::string& object : objects) std::printf("%s\n", object.c_str());
}

int failed(const comity::Error& error) {
  std::fprintf(stderr, "%s\n", error.sentence().c_str());
  return 1;
}

}  // namespace

int main() {
  namespace intake = comity::intake;
  const intake::Importer importer{kParty, kCreated};
  const auto record = intake::landmarks(intake::landmarks_json(), importer);
  if (!record) return failed(record.error());
  const auto books = intake::rulebooks(intake::norms_json(), importer);
  if (!books) return failed(books.error());

  print({party()});
  print(intake::definitions());
  print(record->common);
  for (const intake::Case& made : record->cases) print(made.objects);
  for (const intake::Case& made : *books) print(made.objects);
  return 0;
}
