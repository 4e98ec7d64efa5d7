#include "crypto/tlog_proof.h"
#include "log/log_time.h"

#include "disk_file.h"
#include "keys.h"
#include "submit.h"
#include "text.h"
#include "verbs/verbs.h"

namespace comity::cli {
namespace {

struct ProveOptions {
  std::string directory;
  std::optional<std::uint64_t> index;
  std::optional<std::uint64_t> from;
  std::string out;
  bool tlog_only = false;
};

constexpr const char* kProveFooter =
    "Writes PREFIX.statement (the entry), PREFIX.tlog-proof (C2SP) and, where the registry's "
    "receipt\n"
    "key is at hand, PREFIX.receipt (COSE, RFC 9942). `comity verify` checks them offline.\n"
    "\n"
    "Examples:\n"
    "  comity prove registry 17\n"
    "  comity prove registry 17 --out proofs/notpetya\n"
    "  comity prove registry --consistency 12 --json";

/// The receipt key, or nothing where it is not at hand.
Result<std::optional<crypto::SecretKey>> receipt_key(const ProveOptions& options,
                                                     Context& context) {
  const std::string path = receipt_key_path(options.directory);
  if (options.tlog_only || !is_there(path)) return std::nullopt;
  COMITY_TRY(auto key, load_key(path, context.passphrases));
  return std::optional<crypto::SecretKey>(std::move(key));
}

Result<log::Receipt> tlog_proof_alone(const log::LogReader& log, const std::string& note,
                                      std::uint64_t index) {
  COMITY_TRY(auto path, log.prove_inclusion(crypto::LeafIndex{index}));
  const crypto::TlogProof proof{.extra = std::nullopt,
                                .index = crypto::LeafIndex{index},
                                .path = std::move(path),
                                .checkpoint = note};
  log::Receipt receipt;
  receipt.index = index;
  receipt.head = log.head();
  receipt.tlog_proof = crypto::print(proof);
  return receipt;
}

Result<Outcome> prove_inclusion(const ReadRegistry& registry, const ProveOptions& options,
                                Context& context) {
  const auto log = registry.log_reader();
  const std::string note = crypto::print(registry.checkpoint.note);
  COMITY_TRY(const auto time, log::log_time(log));
  COMITY_TRY(const Bytes entry, log.entry(crypto::LeafIndex{*options.index}));
  COMITY_TRY(const auto key, receipt_key(options, context));
  COMITY_TRY(const auto receipt, key ? log::make_receipt({.log = log,
                                                          .checkpoint_note = note,
                                                          .time = time,
                                                          .receipt_key = *key,
                                                          .origin = registry.trust.origin},
                                                         *options.index)
                                     : tlog_proof_alone(log, note, *options.index));
  const std::string prefix =
      options.out.empty() ? "entry-" + std::to_string(*options.index) : options.out;
  COMITY_CHECK(write_receipt_files(prefix, receipt, entry));
  Json json{{"entry", *options.index},
            {"size", registry.size()},
            {"time", to_rfc3339(time)},
            {"statement", prefix + ".statement"},
            {"tlog_proof", prefix + ".tlog-proof"},
            {"receipt", receipt.cose.empty() ? Json(nullptr) : Json(prefix + ".receipt")}};
  Facts facts;
  facts.add("statement", prefix + ".statement")
      .add("tlog-proof", prefix + ".tlog-proof")
      .add("receipt",
           receipt.cose.empty() ? "none: the receipt key was not used" : prefix + ".receipt");
  context.print(json, "Proofs that entry " + std::to_string(*options.index) +
                          " stands in the log of " + counted(registry.size(), "entry", "entries") +
                          ":\n" + facts.text() +
                          "\nVerify them, anywhere:\n  comity verify --trust " +
                          trust_path(options.directory) + " " + prefix + "\n");
  return Outcome::ok;
}

Result<Outcome> prove_consistency(const ReadRegistry& registry, const ProveOptions& options,
                                  const Context& context) {
  const auto log = registry.log_reader();
  const crypto::TreeSize from{*options.from};
  if (*options.from > registry.size())
    return refuse("entry-out-of-range", "The log has only " +
                                            counted(registry.size(), "entry", "entries") +
                                            "; give an earlier size.");
  COMITY_TRY(const auto range, crypto::read_range(from, log.tiles()));
  COMITY_TRY(const auto proof, log.prove_consistency(range.head()));
  Json hashes = Json::array();
  std::string text = "The log of " + counted(*options.from, "entry", "entries") +
                     " with the root " + to_base64(range.root().view()) +
                     "\nis the beginning of the log of " +
                     counted(registry.size(), "entry", "entries") + " with the root " +
                     to_base64(registry.head().root.view()) + ",\nby RFC 6962:\n";
  for (const auto& hash : proof) {
    hashes.push_back(to_base64(hash.view()));
    text += "  " + to_base64(hash.view()) + "\n";
  }
  context.print(
      {{"origin", registry.trust.origin},
       {"from", {{"size", *options.from}, {"root", to_base64(range.root().view())}}},
       {"to", {{"size", registry.size()}, {"root", to_base64(registry.head().root.view())}}},
       {"proof", std::move(hashes)},
       {"checkpoint", crypto::print(registry.checkpoint.note)}},
      text);
  return Outcome::ok;
}

Result<Outcome> prove(const ProveOptions& options, Context& context) {
  COMITY_TRY(const auto registry, read_registry(options.directory));
  if (options.from) return prove_consistency(registry, options, context);
  return prove_inclusion(registry, options, context);
}

}  // namespace

void add_prove(Verb app, Context& context) {
  auto options = std::make_shared<ProveOptions>();
  const auto verb = app.add_subcommand("prove", "Prove that an entry stands in the log");
  verb.group("Reading and checking");
  verb.footer(kProveFooter);
  add_registry(verb, options->directory);
  const auto what = verb.add_option_group("what to prove", 1);
  what.add_option("ENTRY", options->index, "The index of the entry")
      .check(whole_number())
      .type_name("");
  what.add_option("--consistency", options->from,
                  "Prove instead that the log of this size is the beginning of today's")
      .check(whole_number())
      .type_name("SIZE");
  add_named(verb, "--out", options->out, "PREFIX", "Where to write; without it, entry-ENTRY");
  verb.add_flag("--tlog-only", options->tlog_only, "Leave out the COSE receipt, which needs a key");
  run_when_named(verb, context, options, prove);
}

}  // namespace comity::cli
