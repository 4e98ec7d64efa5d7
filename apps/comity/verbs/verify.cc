#include "base/limits.h"
#include "codec/receipt.h"
#include "crypto/tlog_proof.h"
#include "filing/check.h"
#include "filing/envelope.h"

#include "disk_file.h"
#include "keys.h"
#include "registry_directory.h"
#include "text.h"
#include "verbs/verbs.h"

namespace comity::cli {
namespace {

struct VerifyOptions {
  std::string prefix;
  std::string trust;
  std::string statement;
  std::string receipt;
  std::string tlog_proof;
  std::string filing;
  std::string party_key;
};

constexpr const char* kVerifyFooter =
    "Works offline, from the files alone. What is believed is what --trust says (the registry's "
    "keys)\n"
    "and --party-key (the filer's); get both on a way that you trust.\n"
    "\n"
    "Examples:\n"
    "  comity verify --trust trust.json entry-17\n"
    "  comity verify --trust trust.json --statement s --receipt r --party-key alice.key\n"
    "  comity verify --filing incident.filing --party-key COSE_KEY";

/// What was looked at, and what came of it.
class Findings {
 public:
  enum class Result { proved, refuted, unchecked };

  void add(const std::string& what, Result result, const std::string& says) {
    constexpr std::array<const char*, 3> kWords{"proved", "refuted", "not checked"};
    constexpr std::array<const char*, 3> kNames{"proved", "refuted", "not-checked"};
    const auto at = static_cast<std::size_t>(result);
    checks_.push_back({{"what", what}, {"result", kNames.at(at)}, {"detail", says}});
    text_ += wrapped(printable(says), 15,
                     std::string(kWords.at(at)) +
                         std::string(13 - std::string(kWords.at(at)).size(), ' ') + what + ": ");
    proved_ += result == Result::proved ? 1 : 0;
    refuted_ += result == Result::refuted ? 1 : 0;
  }
  void refute(const std::string& what, const Error& error) {
    add(what, Result::refuted, error.sentence() + " (" + error.code() + ")");
  }

  [[nodiscard]] Outcome tell(const Context& context, Json said) const {
    const bool good = refuted_ == 0 && proved_ > 0;
    said["verified"] = good;
    said["checks"] = checks_;
    context.print(said, text_ + (good ? "Verified, as far as said above.\n"
                                      : "NOT verified: don't rely on it.\n"));
    return good ? Outcome::ok : Outcome::failed_check;
  }

 private:
  Json checks_ = Json::array();
  std::string text_;
  int proved_ = 0;
  int refuted_ = 0;
};

using enum Findings::Result;

/// Whether the signature is the party's.
void verify_signer(const filing::Statement& statement, const VerifyOptions& options,
                   Findings& findings) {
  const std::string who = std::string(statement.issuer);
  if (options.party_key.empty()) {
    findings.add("signer", unchecked,
                 "the statement says that " + who + " signed it with the key " +
                     text_of(statement.kid) + "; give that key with --party-key to check it");
    return;
  }
  const auto key = read_public_key(options.party_key);
  if (!key) return findings.refute("signer", key.error());
  const auto verified = filing::verify_statement(statement, *key);
  if (!verified) return findings.refute("signer", verified.error());
  findings.add("signer", proved,
               "the key given signed it; that this is the key of " + who +
                   " is for you to know, or for an audit to show");
}

void verify_receipt(const std::string& path, const crypto::LeafHash& leaf, const Trust& trust,
                    Findings& findings) {
  const auto bytes = read_file(path, kSmallFileBytes);
  if (!bytes) return findings.refute("receipt", bytes.error());
  const auto receipt = codec::parse_receipt(*bytes);
  if (!receipt) return findings.refute("receipt", receipt.error());
  const auto said =
      codec::verify_receipt(*receipt, leaf, {.key = trust.receipt_key, .origin = trust.origin});
  if (!said) return findings.refute("receipt", said.error());
  findings.add("receipt", proved,
               "the registry " + trust.origin + " has signed that the statement is entry " +
                   std::to_string(number(said->index)) + " of its log of " +
                   counted(crypto::count(said->head.size), "entry", "entries") + ", by " +
                   to_rfc3339(said->time));
}

void verify_tlog_proof(const std::string& path, const crypto::LeafHash& leaf, const Trust& trust,
                       Findings& findings) {
  const auto bytes = read_file(path, kSmallFileBytes);
  if (!bytes) return findings.refute("tlog-proof", bytes.error());
  const auto proof = crypto::parse_tlog_proof(as_text(*bytes));
  if (!proof) return findings.refute("tlog-proof", proof.error());
  const auto said = crypto::verify_tlog_proof(*proof, trust.log, leaf);
  if (!said) return findings.refute("tlog-proof", said.error());
  findings.add("tlog-proof", proved,
               "the log of " + trust.origin + " holds the statement as entry " +
                   std::to_string(number(proof->index)) + "; its checkpoint of " +
                   counted(crypto::count(said->checkpoint.size), "entry", "entries") +
                   " is signed by the log's key");
}

/// What a statement says of itself, to be shown beside what is proved.
Json said_by(const filing::Statement& statement) {
  return {{"issuer", statement.issuer},
          {"kid", text_of(statement.kid)},
          {"subject", statement.subject},
          {"issued_at", to_rfc3339(statement.issued_at)}};
}

Result<Outcome> verify_filing(const VerifyOptions& options, Context& context) {
  if (options.party_key.empty())
    return refuse("party-key-missing",
                  "A filing is verified with its party's key: give --party-key.");
  COMITY_TRY(const auto key, read_public_key(options.party_key));
  COMITY_TRY(Bytes bytes, read_file(options.filing, limits::kFilingBytes));
  const auto envelope = filing::parse_envelope(bytes);
  if (!envelope)
    return std::unexpected<Error>(
        at_place(options.filing + " is no signed filing", envelope.error()));
  const Bytes entry = envelope->entry();
  COMITY_TRY(const auto statement, filing::parse_statement(entry));
  Findings findings;
  codec::JsonReader reader;
  const auto checked = filing::check(
      std::move(bytes),
      [&](const codec::KeyId& kid) -> Result<crypto::PublicKey> {
        if (codec::key_id(key) != kid)
          return refuse("signature-key-mismatch",
                        "Another key signed the filing: " + text_of(kid) + "; give that one.");
        return key;
      },
      reader);
  if (checked)
    findings.add("filing", proved,
                 "the key given signed it, and each of its " +
                     counted(checked->items().size(), "object", "objects") +
                     " is as signed; whether it would be admitted is for the registry");
  else
    findings.refute("filing", checked.error());
  return findings.tell(context, said_by(statement));
}

/// Files of a proof as they are named by a prefix, or one by one.
struct ProofFiles {
  std::string statement;
  std::string receipt;
  std::string tlog_proof;
};

ProofFiles files_of(const VerifyOptions& options) {
  ProofFiles files{options.statement, options.receipt, options.tlog_proof};
  if (options.prefix.empty()) return files;
  const auto found = [&](const char* ending) {
    const std::string path = options.prefix + ending;
    return is_there(path) ? path : std::string{};
  };
  if (files.statement.empty()) files.statement = options.prefix + ".statement";
  if (files.receipt.empty()) files.receipt = found(".receipt");
  if (files.tlog_proof.empty()) files.tlog_proof = found(".tlog-proof");
  return files;
}

Result<Outcome> verify(const VerifyOptions& options, Context& context) {
  if (!options.filing.empty()) return verify_filing(options, context);
  const ProofFiles files = files_of(options);
  if (files.statement.empty() || options.trust.empty())
    return refuse(
        "proof-missing",
        "Give --trust FILE and the PREFIX of a proof's files (or --statement), or --filing.");
  COMITY_TRY(const auto trust, read_trust(options.trust));
  COMITY_TRY(const Bytes entry, read_file(files.statement, kSmallFileBytes));
  const auto parsed = filing::parse_statement(entry);
  if (!parsed)
    return std::unexpected<Error>(at_place(files.statement + " is no statement", parsed.error()));
  // Who signed a statement says nothing of whether it was registered.
  if (files.receipt.empty() && files.tlog_proof.empty())
    return refuse("proof-missing", "There is neither a receipt nor a tlog-proof of " +
                                       files.statement + "; give --receipt or --tlog-proof.");
  const filing::Statement& statement = *parsed;
  const auto leaf = crypto::leaf_hash(entry);
  Findings findings;
  if (files.receipt.empty())
    findings.add("receipt", unchecked, "there is none; the time is not proved");
  else
    verify_receipt(files.receipt, leaf, trust, findings);
  if (files.tlog_proof.empty())
    findings.add("tlog-proof", unchecked, "there is none");
  else
    verify_tlog_proof(files.tlog_proof, leaf, trust, findings);
  verify_signer(statement, options, findings);
  findings.add("objects", unchecked,
               "the statement holds a digest of them only; `comity audit` checks contents");
  return findings.tell(context, said_by(statement));
}

}  // namespace

void add_verify(Verb app, Context& context) {
  auto options = std::make_shared<VerifyOptions>();
  const auto verb = app.add_subcommand("verify", "Verify proofs or a signed filing, offline");
  verb.group("Reading and checking");
  verb.footer(kVerifyFooter);
  verb.add_option("PREFIX", options->prefix, "What the names of the proof's files begin with")
      .type_name("");
  add_named(verb, "--trust", options->trust, "FILE", "The registry's trust.json");
  add_named(verb, "--statement", options->statement, "FILE", "The statement");
  add_named(verb, "--receipt", options->receipt, "FILE", "Its COSE receipt");
  add_named(verb, "--tlog-proof", options->tlog_proof, "FILE", "Its C2SP tlog-proof");
  add_named(verb, "--filing", options->filing, "FILE", "A signed filing, in place of a proof");
  add_named(verb, "--party-key", options->party_key, "KEY",
            "The signer's public key: a COSE_Key in base64url, or a key file");
  run_when_named(verb, context, options, verify);
}

}  // namespace comity::cli
