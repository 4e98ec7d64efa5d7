#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/files.h"
#include "filing/check.h"
#include "filing/draft.h"
#include "log/registry.h"

#include "tests/filing/samples.h"

/// A registry on the disk, and filings of objects of the size that ATT&CK's have.
namespace comity::bench {

inline log::RegistryKeys registry_keys() {
  return {samples::key(8), samples::key(9, crypto::Algorithm::es256), samples::key(1)};
}

inline std::unique_ptr<log::Registry> found_registry(Files& files, const std::string& directory,
                                                     const Clock& clock,
                                                     log::RegistryOptions options = {}) {
  const log::FoundingPlan plan{.origin = std::string(samples::kOrigin),
                               .registrar_name = "Bench registrar",
                               .country = "CH"};
  auto founded =
      log::Registry::found({files, directory}, registry_keys(), plan, clock, std::move(options));
  COMITY_ASSERT(founded.has_value());
  return std::move(*founded);
}

inline std::string registrar_of(const log::Registry& registry) {
  return registry.state().standing()->charter->registrar;
}

/// An attack pattern of about 2 KB, in the form of those of ATT&CK.
inline std::string attack_pattern(int number) {
  static constexpr std::string_view kSentence =
      "Adversaries may send messages with a malicious attachment to gain access to a system, "
      "relying on the reader to open it; see the reports named below for examples.\\n";
  std::string description;
  while (description.size() < 1100) description += kSentence;
  return R"({"type":"attack-pattern","spec_version":"2.1","id":"attack-pattern--)" +
         samples::uuid(number) +
         R"(","created":"2020-03-02T18:45:07.892Z","modified":"2025-04-15T19:58:10.563Z",)"
         R"("created_by_ref":"identity--c78cb6e5-0c4b-4611-8297-d1b8b55e40b5",)"
         R"("name":"Attachment","description":")" +
         description +
         R"(","kill_chain_phases":[{"kill_chain_name":"mitre-attack",)"
         R"("phase_name":"initial-access"}],)"
         R"("external_references":[{"source_name":"mitre-attack",)"
         R"("url":"https://attack.example.org/techniques/T1566/001","external_id":"T1566.001"},)"
         R"({"source_name":"A report","description":"An author. (2020, May 1). On attachments. )"
         R"(Retrieved May 2, 2020.","url":"https://reports.example.org/2020/05/attachments"},)"
         R"({"source_name":"Another report","description":"An author. (2021, June 1). More. )"
         R"(Retrieved July 2, 2021.","url":"https://reports.example.org/2021/06/attachments"}],)"
         R"("object_marking_refs":[")" +
         std::string(samples::kClear) + R"("],"revoked":false})";
}

/// A filing of the registrar of `objects` attack patterns, numbered from `first` on.
inline Bytes make_filing(const std::string& registrar, const Clock& clock, int first,
                         int objects = 1) {
  std::vector<filing::DraftItem> items;
  for (int i = first; i < first + objects; ++i)
    items.push_back(samples::open_to_all(attack_pattern(i)));
  const filing::Claims claims{registrar,
                              registrar,
                              {std::string(samples::kOrigin)},
                              UnixSeconds{count(clock.now()) / 1'000'000}};
  auto filing = filing::sign_filing(items, claims, samples::key(1));
  COMITY_ASSERT(filing.has_value());
  return std::move(filing->filing);
}

inline filing::CheckedFiling checked(Bytes filing, codec::JsonReader& reader) {
  auto result =
      filing::check(std::move(filing), samples::find_among({samples::key(1).public_key()}), reader);
  COMITY_ASSERT(result.has_value());
  return std::move(*result);
}

}  // namespace comity::bench
