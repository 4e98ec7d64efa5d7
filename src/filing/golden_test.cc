#include "tests/golden.h"

#include <fstream>
#include <iterator>

#include <nlohmann/json.hpp>

#include "codec/cose.h"
#include "filing/check.h"
#include "filing/control.h"
#include "filing/hidden_content.h"

#include "tests/filing/samples.h"

// The golden files of manifest, statement, filing, control and charter: binary, each with a JSON
// file that tells its meaning to the independent checker. tests/golden/README.md has the layout.
namespace comity::filing {
namespace {

using nlohmann::ordered_json;
using samples::key;

void expect_case(const std::string& name, ByteView bytes, const ordered_json& meaning) {
  testing::expect_golden(name + ".cbor", bytes);
  testing::expect_golden(name + ".json", meaning.dump(2) + "\n");
}

std::string encoded(const crypto::PublicKey& key) {
  return to_base64url(codec::write_cose_key(key));
}

ordered_json meaning_of(const Statement& statement, const crypto::PublicKey& signer) {
  return {{"kind", statement.kind == StatementKind::filing ? "filing" : "control"},
          {"alg", statement.algorithm},
          {"kid", to_base64url(statement.kid.view())},
          {"iss", statement.issuer},
          {"sub", statement.subject},
          {"aud", statement.audience},
          {"iat", count(statement.issued_at)},
          {"payload", to_hex(statement.payload)},
          {"signature", to_hex(statement.signature)},
          {"identity", to_hex(statement.key.view())},
          {"public_key", encoded(signer)}};
}

ordered_json meaning_of(const Item& item) {
  if (item.hidden()) return {{"digest", to_hex(item.digest.view())}};
  return {{"digest", to_hex(item.digest.view())},
          {"id", item.id},
          {"version", count(item.version)},
          {"revoked", item.revoked}};
}

ordered_json meaning_of_part(const CheckedItem& item) {
  if (item.absent()) return nullptr;
  ordered_json part{{"salt", to_hex(item.salt)}};
  if (!item.item.hidden()) {
    part["object"] = as_text(item.content);
    return part;
  }
  const auto hidden = parse_hidden(item.content).value();
  part["readers"] = hidden.readers;
  part["object"] = as_text(hidden.object);
  return part;
}

ordered_json meaning_of(const CheckedFiling& filing) {
  ordered_json meaning{{"statement", meaning_of(filing.statement(), filing.key())},
                       {"entry", to_hex(filing.entry())},
                       {"items", ordered_json::array()},
                       {"parts", ordered_json::array()}};
  for (const auto& item : filing.items()) {
    meaning["items"].push_back(meaning_of(item.item));
    meaning["parts"].push_back(meaning_of_part(item));
  }
  return meaning;
}

Result<CheckedFiling> check_with(const crypto::SecretKey& signer, Bytes filing) {
  codec::JsonReader reader;
  return check(std::move(filing), samples::find_among({signer.public_key()}), reader);
}

/// ES256 signs with a random nonce, so the golden file is kept where it says the same in all but
/// the signature.
Bytes kept_or(const std::string& name, const crypto::SecretKey& signer, Bytes fresh) {
  const auto path = std::string(COMITY_SOURCE_DIR) + "/tests/golden/" + name + ".cbor";
  std::ifstream in(path, std::ios::binary);
  const std::string golden{std::istreambuf_iterator<char>(in), {}};
  constexpr std::size_t kSignature = sizeof(crypto::Signature);
  if (golden.size() != fresh.size() || !check_with(signer, to_bytes(golden))) return fresh;
  const std::size_t common = fresh.size() - kSignature;
  const bool is_same = equal(as_bytes(golden).first(common), ByteView(fresh).first(common));
  return is_same ? to_bytes(golden) : fresh;
}

void expect_filing(const std::string& name, const crypto::SecretKey& signer, Bytes filing) {
  const auto checked = check_with(signer, filing);
  ASSERT_TRUE(checked) << checked.error().sentence();
  expect_case(name, filing, meaning_of(*checked));
}

TEST(Golden, Manifests) {
  const auto mixed = check_with(key(1), samples::mixed_filing()).value();
  ordered_json meaning{{"items", ordered_json::array()}};
  for (const auto& item : mixed.items()) meaning["items"].push_back(meaning_of(item.item));
  expect_case("manifest/mixed", mixed.manifest(), meaning);

  const std::string id = "ipv4-addr--" + samples::uuid(1);
  const std::vector<Item> items{{digest_content({}, as_bytes("a")), id, UnixMicros{0}, false},
                                {digest_content({}, as_bytes("b")), id, UnixMicros{1}, true}};
  expect_case("manifest/two-versions", write_manifest(items),
              {{"items", {meaning_of(items[0]), meaning_of(items[1])}}});
}

TEST(Golden, Statements) {
  const auto payload = crypto::sha256(as_bytes("a manifest"));
  const auto expect_statement = [&payload](const std::string& name, const Claims& claims) {
    const Bytes bytes = sign_statement(StatementKind::filing, claims, payload, key(1)).value();
    expect_case("statement/" + name, bytes,
                meaning_of(parse_statement(bytes).value(), key(1).public_key()));
  };
  expect_statement("filing", samples::claims());
  Claims claims = samples::claims("on several registries, caf\xc3\xa9");
  claims.audience = {"example.org/comity", "b.example", "registry.example.net"};
  expect_statement("several-audiences", claims);

  const Bytes usual =
      sign_statement(StatementKind::filing, samples::claims(), payload, key(1)).value();
  Statement statement = parse_statement(usual).value();
  statement.algorithm = -19;
  const Bytes header = write_header(statement);
  const auto signature = key(1).sign(codec::sig_structure(header, payload));
  const Bytes bytes = codec::write_sign1({header, codec::empty_map(), payload, signature});
  expect_case("statement/ed25519-by-its-own-number", bytes,
              meaning_of(parse_statement(bytes).value(), key(1).public_key()));
}

TEST(Golden, Filings) {
  expect_filing("filing/mixed", key(1), samples::mixed_filing());
  expect_filing("filing/one-object", key(1),
                sign_filing({samples::open_to_all(samples::note(1))},
                            samples::claims("note--" + samples::uuid(1)), key(1), samples::salts())
                    .value()
                    .filing);
  const auto signer = key(4, crypto::Algorithm::es256);
  auto es256 = sign_filing(samples::mixed_items(), samples::claims(), signer, samples::salts());
  expect_filing("filing/es256", signer,
                kept_or("filing/es256", signer, std::move(es256).value().filing));
}

TEST(Golden, Controls) {
  RecordDigest digest;
  digest.bytes.fill(std::byte{0xab});
  const std::string ab = to_hex(digest.view());
  const std::string note_id = "note--" + samples::uuid(3);
  const std::vector<std::pair<Control, ordered_json>> controls{
      {Tick{samples::kIssued}, {"tick", count(samples::kIssued)}},
      {Disclose{{3, 300}, note_id, UnixMicros{1'767'323'045'678'000}, false},
       {"disclose", 3, 300, note_id, 1'767'323'045'678'000, false}},
      {Erase{{4, 0}, "right to erasure", "Court of Example"},
       {"erase", 4, 0, "right to erasure", "Court of Example"}},
      {Hold{{5, 1}, true, "evidence", "Prosecutor of Example"},
       {"hold", 5, 1, true, "evidence", "Prosecutor of Example"}},
      {ActivateRules{2}, {"rules", 2}},
      {FileDigest{70'000, digest}, {"digest", 70'000, ab}},
  };
  for (const auto& [control, words] : controls) {
    const Bytes bytes =
        sign_statement(StatementKind::control, samples::claims(std::string(samples::kOrigin)),
                       write_control(control), key(1))
            .value();
    ordered_json meaning;
    meaning["statement"] = meaning_of(parse_statement(bytes).value(), key(1).public_key());
    meaning["control"] = words;
    expect_case("control/" + words[0].get<std::string>(), bytes, meaning);
  }
}

TEST(Golden, Founding) { expect_filing("charter/founding", key(1), samples::founding_filing()); }

/// What an independent reader must refuse, too; the meaning names the format, our code, and the key
/// that a signature would be verified with.
void expect_refused(const std::string& format, const std::string& name, const std::string& code,
                    ByteView bytes) {
  expect_case(
      "refused/" + format + "-" + name, bytes,
      {{"format", format}, {"refused", code}, {"public_key", encoded(key(1).public_key())}});
}

TEST(Golden, RefusedManifestsAndStatements) {
  const auto refused_manifest = [](const std::string& name, const Bytes& bytes) {
    const auto items = parse_manifest(bytes);
    ASSERT_FALSE(items);
    expect_refused("manifest", name, items.error().code(), bytes);
  };
  const std::string id = "note--" + samples::uuid(1);
  const Item item{digest_content({}, {}), id, UnixMicros{1}, false};
  refused_manifest("repeats", write_manifest({item, item}));
  refused_manifest("empty", write_manifest({}));

  const auto refused_statement = [](const std::string& name, const Bytes& bytes) {
    const auto statement = parse_statement(bytes);
    const auto verified = statement ? verify_statement(*statement, key(1).public_key())
                                    : Result<void>(std::unexpected(statement.error()));
    ASSERT_FALSE(verified);
    expect_refused("statement", name, verified.error().code(), bytes);
  };
  const Bytes good =
      sign_statement(StatementKind::filing, samples::claims(), Bytes(32), key(1)).value();
  Bytes forged = good;
  forged.back() ^= std::byte{1};
  refused_statement("forged", forged);
  Bytes longer = good;
  longer.push_back(std::byte{0});
  refused_statement("longer", longer);
  std::string hex = to_hex(good);
  const auto payload_at = hex.rfind("5820" + std::string(64, '0'));
  refused_statement("long-head", from_hex(hex.replace(payload_at, 4, "590020")).value());
  refused_statement("not-stripped", samples::mixed_filing());
}

TEST(Golden, RefusedFilings) {
  const Bytes salt(kSaltBytes, std::byte{7});
  const auto refused_filing = [](const std::string& name, const Bytes& bytes) {
    const auto checked = check_with(key(1), bytes);
    ASSERT_FALSE(checked);
    expect_refused("filing", name, checked.error().code(), bytes);
  };
  const auto filing_of = [&salt](const std::string& object, const std::string& id) {
    const Item item{digest_content(salt, as_bytes(object)), id,
                    parse_timestamp(samples::kTime).value(), false};
    return samples::assemble(write_manifest({item}),
                             std::vector{StoredPart{salt, as_bytes(object)}});
  };
  const std::string id = "note--" + samples::uuid(1);
  refused_filing("marked-red", filing_of(samples::note(1, samples::marked(samples::kRed)), id));
  refused_filing("another-id", filing_of(samples::note(2), id));
  refused_filing("member-twice", filing_of(samples::note(1, R"(,"content":"m")"), id));
  const auto envelope_bytes = samples::mixed_filing();
  const auto mixed = parse_envelope(envelope_bytes).value();
  auto parts = mixed.parts;
  parts[0] = {};
  refused_filing("public-part-missing", write_envelope(mixed.entry(), mixed.manifest, parts));
  refused_filing("bare-statement", mixed.entry());
}

}  // namespace
}  // namespace comity::filing
