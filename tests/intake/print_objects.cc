// Prints every object that an import makes, one a line, beginning with the identity of the
// importing party: of the embedded data files, or with arguments
//   eurepoc DIRECTORY | misp-galaxy FILE | kev FILE
// of data sets of others. What tests/intake/*_test.py look at.

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/time.h"
#include "intake/definitions.h"
#include "intake/embedded.h"
#include "intake/eurepoc.h"
#include "intake/kev.h"
#include "intake/landmarks.h"
#include "intake/misp_galaxy.h"
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

std::string file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

namespace intake = comity::intake;

comity::Result<intake::Imported> import(const std::string& kind, const std::string& path,
                                        const intake::Importer& importer) {
  if (kind == "kev") return intake::kev(comity::as_bytes(file(path)), importer);
  if (kind == "misp-galaxy") return intake::misp_galaxy(comity::as_bytes(file(path)), importer);
  const auto table = [&path](std::string_view name) {
    return file(path + "/EuRepoC_" + std::string(name) + "_1.1.csv");
  };
  const std::string global = table(intake::kEurepocGlobal);
  const std::string attribution = table(intake::kEurepocAttribution);
  const std::string receiver = table(intake::kEurepocReceiver);
  return intake::eurepoc(
      {comity::as_bytes(global), comity::as_bytes(attribution), comity::as_bytes(receiver)},
      importer);
}

}  // namespace

int main(int argc, char** argv) {
  const intake::Importer importer{kParty, kCreated};
  if (argc == 3) {
    const auto made = import(argv[1], argv[2], importer);
    if (!made) return failed(made.error());
    print({party()});
    print(made->objects);
    return 0;
  }
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
