// tests/golden/registry: a whole registry of version 1. Salts, ids and the P-256 signatures in it
// are random, so it is made once (COMITY_UPDATE_GOLDEN=1, after removing the folder) and kept: what
// was signed then must be read and audited clean for ever. README.md here says what it holds.

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "audit/audit.h"
#include "log/log_reader.h"
#include "record/follower.h"

#include "tests/golden.h"
#include "tests/registry/sample_registry.h"

namespace comity {
namespace {

using Json = nlohmann::ordered_json;
using samples::SampleRegistry;

constexpr auto kEs256 = crypto::Algorithm::es256;

std::filesystem::path directory() {
  return std::filesystem::path(COMITY_SOURCE_DIR) / "tests/golden/registry";
}

/// Makes the registry step by step.
class Maker {
 public:
  void make() {
    admit();
    const std::uint64_t filed = file_mixed();
    const std::string third = "note--" + samples::uuid(3);
    const UnixMicros version = parse_timestamp(samples::kTime).value();
    control(filing::Disclose{{filed, 2}, third, version, false});
    control(filing::Erase{{filed, 2}, "privacy", "the registrar"});
    control(filing::Erase{{filed, 1}, "court order", "a court"});
    control(filing::Hold{{filed, 0}, true, "proceedings", "a court"});
    const samples::TemporaryDirectory place;
    const auto follower = record::Follower::open({sample_.files(), place.path()}).value();
    const auto log = log::LogReader::open(sample_.files(), sample_.vkey()).value();
    ASSERT_TRUE(follower->catch_up(log.head()));
    control(filing::FileDigest{follower->stamp().size, follower->stamp().digest});
    rotate();
    write();
  }

 private:
  static void expect(const Result<log::Registered>& result) {
    ASSERT_TRUE(result) << result.error().sentence();
  }
  void control(const filing::Control& what) { expect(sample_.control(what)); }
  [[nodiscard]] rules::Authorship by(const std::string& creator) const {
    return {log::random_uuid(), creator, sample_.clock().now()};
  }
  static rules::KeyNote key_note(const crypto::SecretKey& of, rules::KeyAction action) {
    const auto proof =
        of.sign(as_bytes(rules::key_proof_text(samples::kOrigin, kParty, samples::kid(of))));
    rules::KeyNote note{.party = kParty,
                        .action = action,
                        .kid = samples::kid(of),
                        .key = std::nullopt,
                        .custody = false,
                        .proof = {}};
    if (action == rules::KeyAction::revoke) return note;
    note.key = of.public_key();
    note.proof = to_bytes(ByteView(proof));
    return note;
  }

  void admit() {
    const std::string registrar = sample_.registrar();
    const rules::PartyProfile profile{.id = kParty,
                                      .name = "Golden party",
                                      .group = rules::Group::research,
                                      .country = "DK",
                                      .controller = {},
                                      .time = sample_.clock().now()};
    const rules::AdmissionNote admission{.party = kParty,
                                         .decision = rules::Decision::admit,
                                         .group = rules::Group::research,
                                         .country = "DK",
                                         .controller = kParty,
                                         .kid = samples::kid(first_)};
    expect(sample_.file(
        {samples::open_to_all(as_text(rules::write_party(profile))),
         samples::open_to_all(as_text(
             rules::write_key_note(key_note(first_, rules::KeyAction::add), by(registrar)))),
         samples::open_to_all(as_text(rules::write_admission(admission, by(registrar))))},
        registrar, samples::key(1)));
  }

  std::uint64_t file_mixed() {
    const auto filed = sample_.file(samples::mixed_items(), kParty, first_);
    expect(filed);
    return filed->index;
  }

  void rotate() {
    expect(sample_.file({samples::open_to_all(as_text(rules::write_key_note(
                            key_note(second_, rules::KeyAction::add), by(kParty))))},
                        kParty, first_));
    last_ = sample_
                .file({samples::open_to_all(as_text(rules::write_key_note(
                          key_note(first_, rules::KeyAction::revoke), by(kParty))))},
                      kParty, second_)
                .value();
  }

  static void save(const std::string& path, ByteView bytes) {
    testing::expect_golden("registry/" + path, bytes);
  }

  void write() {
    copy("");
    for (const std::uint64_t index : {std::uint64_t{0}, last_.index}) {
      log::Registered registered = last_;
      registered.index = index;
      const auto receipt = sample_.registry().receipt(registered).value();
      const std::string name = "proofs/" + std::to_string(index);
      const log::LogReader log(sample_.files(), last_.head);
      save(name + ".statement", log.entry(crypto::LeafIndex{index}).value());
      save(name + ".receipt", receipt.cose);
      save(name + ".tlog-proof", as_bytes(receipt.tlog_proof));
    }
    save("keys.json", as_bytes(keys().dump(2) + "\n"));
  }

  void copy(const std::string& from) {
    const auto names = sample_.files().list(from).value();
    for (const std::string& name : names) {
      const std::string path = from.empty() ? name : from + "/" + name;
      if (name.ends_with('/')) {
        copy(path.substr(0, path.size() - 1));
      } else if (path != "lock" && path != "epoch") {
        save(path, *sample_.files().read(path, 1U << 30).value());
      }
    }
  }

  Json keys() {
    const auto encoded = [](const crypto::SecretKey& key) {
      return to_base64url(codec::write_cose_key(key.public_key()));
    };
    Json keys{{"origin", samples::kOrigin},
              {"vkey", crypto::print(sample_.vkey())},
              {"receipt_key", encoded(samples::key(9, kEs256))},
              {"registrar", sample_.registrar()},
              {"size", crypto::count(last_.head.size)},
              {"entries", Json::array()},
              {"keys", Json::object()}};
    const log::LogReader log(sample_.files(), last_.head);
    for (std::uint64_t i = 0; i < log.size(); ++i) keys["entries"].push_back(name_of(log, i));
    const auto add = [&](const std::string& party, const crypto::SecretKey& key, bool active) {
      keys["keys"][to_base64url(samples::kid(key).view())] = {
          {"party", party}, {"key", encoded(key)}, {"active", active}};
    };
    add(sample_.registrar(), samples::key(1), true);
    add(kParty, first_, false);
    add(kParty, second_, true);
    return keys;
  }

  static std::string name_of(const log::LogReader& log, std::uint64_t index) {
    static constexpr std::array kNames{"tick", "disclose", "erase", "hold", "rules", "digest"};
    const Bytes entry = log.entry(crypto::LeafIndex{index}).value();
    const auto statement = filing::parse_statement(entry).value();
    if (statement.kind == filing::StatementKind::filing) return "filing";
    return kNames.at(filing::parse_control(statement.payload).value().index());
  }

  inline static const std::string kParty = samples::party(2);
  SampleRegistry sample_;
  crypto::SecretKey first_ = samples::key(20, kEs256);
  crypto::SecretKey second_ = samples::key(21);
  log::Registered last_;
};

TEST(Golden, RegistryOfVersionOneAuditsClean) {
  if (!std::filesystem::exists(directory())) {
    ASSERT_NE(std::getenv("COMITY_UPDATE_GOLDEN"), nullptr) << directory() << " is missing";
    Maker().make();
  }
  std::ifstream in(directory() / "keys.json");
  const Json keys = Json::parse(in);
  const auto files = open_directory(directory().string()).value();
  const samples::TemporaryDirectory scratch;
  const auto report =
      audit::audit(*files, {.log = crypto::parse_vkey(keys["vkey"].get<std::string>()).value(),
                            .scratch_directory = scratch.path(),
                            .earlier_checkpoints = {},
                            .with_hidden = true,
                            .workers = 1,
                            .progress = {}})
          .value();
  for (const auto& finding : report.findings) ADD_FAILURE() << finding.code << finding.sentence;
  EXPECT_EQ(report.entries, keys["size"].get<std::uint64_t>());
  EXPECT_EQ(report.erased_objects, 2U);  // one public, one disclosed
  ASSERT_TRUE(report.record);
  EXPECT_EQ(report.record->checked, 1U);
  EXPECT_EQ(report.keys, keys["keys"].size());
}

}  // namespace
}  // namespace comity
