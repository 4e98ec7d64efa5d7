#include "audit/audit.h"

#include <thread>

#include <fmt/format.h>

#include "disk_file.h"
#include "http_client.h"
#include "progress.h"
#include "registry_directory.h"
#include "remote_files.h"
#include "text.h"
#include "verbs/audit_against.h"
#include "verbs/verbs.h"

namespace comity::cli {
namespace {

struct AuditCommand {
  std::string directory;
  std::string trust;
  std::vector<std::string> checkpoints;
  std::string against;
  bool no_hidden = false;
  bool no_record = false;
};

constexpr const char* kAuditFooter =
    "Recomputes every signature, digest, tile and admission, and the digests of the record that "
    "were\n"
    "filed, and names what is wrong. Without --trust the directory's own trust.json is believed:\n"
    "that proves that the log agrees with itself, not that it is the registry's. Keep checkpoints\n"
    "and hold later copies against them.\n"
    "\n"
    "Examples:\n"
    "  comity audit registry\n"
    "  comity audit mirror --trust trust.json --no-hidden --checkpoint checkpoint-2026-01\n"
    "  comity audit mirror --trust trust.json --against other-mirror\n"
    "  comity audit https://registry.example --trust trust.json";

/// What to do about a finding, by the first word of its code.
std::string advice(const std::string& code) {
  const auto begins = [&](std::string_view word) { return code.starts_with(word); };
  if (code == "log-forked" || code == "log-rolled-back")
    return "Keep both checkpoints: together they prove that the registry has signed two histories. "
           "Show them to others.";
  if (code == "log-inadmissible" || begins("signature") || begins("statement") || begins("control"))
    return "If the copy is whole (no other finding), the registry has broken its rules: show "
           "others.";
  if (code == "log-record-missing" || code == "object-withheld" || begins("filing-"))
    return "Fetch the record again; if the registry does not give it, it withholds it: show "
           "others.";
  if (code == "record-digest-mismatch")
    return "If the copy is whole (no other finding), the registrar has signed a digest that its "
           "own "
           "log refutes: show others.";
  if (code == "erasure-not-done")
    return "In the registry stop the server, remove state/ and start it again: it then carries out "
           "every erasure again. In a copy fetch the file again; if the registry gives out such "
           "bytes, tell it.";
  if (code == "content-mismatch" || begins("manifest") || begins("hidden"))
    return "Restore the named segment from a mirror or a backup, then audit again.";
  if (begins("tile") || begins("bundle") || begins("partial") || begins("entry") ||
      begins("segment") || begins("log-"))
    return "Restore the named file from a mirror or a backup, then audit again.";
  return "See docs/reference/refusals.md for this code.";
}

struct Told {
  Json json;
  std::string text;
};

Told tell_findings(const audit::Report& report) {
  Told told;
  told.json = Json::array();
  for (const auto& it : report.findings) {
    told.json.push_back({{"code", it.code},
                         {"entry", it.entry ? Json(*it.entry) : Json(nullptr)},
                         {"files", it.files},
                         {"detail", it.sentence},
                         {"advice", advice(it.code)}});
    const std::string where =
        it.entry ? " (entry " + std::to_string(*it.entry) + ": " + joined(it.files) + ")" : "";
    told.text += wrapped(printable(it.code + where + ": " + it.sentence), 4, "  ") +
                 wrapped(advice(it.code), 7, "    -> ");
  }
  return told;
}

Json record_json(const audit::Report& report) {
  if (!report.record) return nullptr;
  return {{"size", report.record->size},
          {"digest", to_hex(report.record->digest.view())},
          {"digests_checked", report.record->checked},
          {"digests_superseded", report.record->superseded}};
}

std::string record_text(const audit::Report& report) {
  if (!report.record) return "";
  const audit::RecordReport& record = *report.record;
  std::string text = to_hex(record.digest.view()) + " at " + grouped(record.size) + "; " +
                     counted(record.checked, "filed digest was", "filed digests were") +
                     " recomputed";
  if (record.superseded > 0)
    text += ", " + grouped(record.superseded) + " from before an erasure on trust";
  return text;
}

std::string trusted_text(const audit::Report& report) {
  std::string text;
  if (report.erased_objects > 0)
    text = counted(report.erased_objects, "erased object", "erased objects");
  if (report.held_objects > 0)
    text += (text.empty() ? "" : ", ") +
            counted(report.held_objects, "object on hold", "objects on hold");
  return text;
}

Json report_json(const audit::Report& report, bool own_trust, Json findings) {
  return {{"origin", report.origin},
          {"size", crypto::count(report.head.size)},
          {"root", to_base64(report.head.root.view())},
          {"time", to_rfc3339(report.time)},
          {"clean", report.clean()},
          {"trust", own_trust ? "own" : "given"},
          {"entries", report.entries},
          {"filings", report.filings},
          {"controls", report.controls},
          {"public_objects", report.public_objects},
          {"hidden_objects", report.hidden_objects},
          {"sealed_objects", report.sealed_objects},
          {"erased_objects", report.erased_objects},
          {"held_objects", report.held_objects},
          {"parties", report.parties},
          {"keys", report.keys},
          {"tiles", report.tiles},
          {"bytes", report.bytes},
          {"earlier_checkpoints", report.earlier_checkpoints},
          {"record", record_json(report)},
          {"admission_ends", report.admission_ends ? Json(*report.admission_ends) : Json(nullptr)},
          {"findings", std::move(findings)},
          {"cut_short", report.cut_short}};
}

Told describe(const audit::Report& report, bool own_trust) {
  Told findings = tell_findings(report);
  Facts facts;
  facts.add("origin", report.origin)
      .add("size", counted(report.entries, "entry", "entries") + ": " +
                       counted(report.filings, "filing", "filings") + ", " +
                       counted(report.controls, "control", "controls"))
      .add("time", to_rfc3339(report.time))
      .add("objects", grouped(report.public_objects) + " public, " +
                          grouped(report.hidden_objects) + " hidden, " +
                          grouped(report.sealed_objects) + " of them sealed")
      .add("on trust", trusted_text(report))
      .add("record", record_text(report))
      .add("parties", grouped(report.parties) + ", with " + counted(report.keys, "key", "keys"))
      .add("tiles", grouped(report.tiles))
      .add("bytes", size_text(report.bytes))
      .add("checkpoints", report.earlier_checkpoints == 0
                              ? "no earlier one was held against it"
                              : grouped(report.earlier_checkpoints) + " earlier held against it");
  Told told;
  told.json = report_json(report, own_trust, std::move(findings.json));
  told.text = "Audited\n" + facts.text() + "\n";
  if (report.clean())
    told.text += "Clean: every signature, digest, tile and admission was recomputed.\n";
  else
    told.text += "NOT CLEAN: " + counted(report.findings.size(), "finding", "findings") + "\n" +
                 findings.text;
  if (report.cut_short)
    told.text += "  The audit ended at these, and there are more: mend them, and audit again.\n";
  if (report.admission_ends)
    told.text += "  From entry " + std::to_string(*report.admission_ends) +
                 " on, admission could not be judged.\n";
  if (own_trust)
    told.text += wrapped(
        "The keys are those of the directory's own trust.json: this proves that the "
        "log agrees with itself, not whose it is. Give --trust.",
        0);
  return told;
}

/// What is audited: a directory, or what a server publishes of one.
Result<ReadRegistry> open_copy(const AuditCommand& command) {
  const std::string& place = command.directory;
  if (!is_url(place)) {
    COMITY_TRY(auto trust,
               command.trust.empty() ? read_own_trust(place) : read_trust(command.trust));
    return read_registry(place, std::move(trust));
  }
  COMITY_TRY(auto files, RemoteFiles::open(place));
  ReadRegistry copy{.directory = place, .trust = {}, .files = {}, .checkpoint = {}};
  if (command.trust.empty()) {
    COMITY_TRY(const auto bytes, files->read("trust.json", kSmallFileBytes));
    if (!bytes)
      return refuse("log-missing", place + " serves no trust.json; name a registry's address.");
    COMITY_TRY(copy.trust, parse_trust(*bytes, place + "/trust.json"));
  } else {
    COMITY_TRY(copy.trust, read_trust(command.trust));
  }
  copy.files = std::move(files);
  auto checkpoint = log::read_checkpoint(*copy.files, copy.trust.log);
  if (!checkpoint) return std::unexpected<Error>(at_place(place, checkpoint.error()));
  copy.checkpoint = std::move(*checkpoint);
  return copy;
}

Result<Outcome> run_audit(const AuditCommand& command, Context& context) {
  const bool own_trust = command.trust.empty();
  if (!command.against.empty()) {
    COMITY_TRY(const auto trust,
               own_trust ? read_own_trust(command.directory) : read_trust(command.trust));
    return compare_copies({command.directory, command.against}, trust, context);
  }
  COMITY_TRY(const auto registry, open_copy(command));
  const crypto::Vkey& log_key = registry.trust.log;
  COMITY_TRY(const auto scratch, ScratchDirectory::make());
  // A copy without hidden segments comes from a server, whoever has made it.
  const bool is_served = command.no_hidden || is_url(command.directory);
  audit::AuditOptions options{.log = log_key,
                              .scratch_directory = scratch.path(),
                              .earlier_checkpoints = {},
                              .with_hidden = !is_served,
                              .holds_are_withheld = is_served,
                              .with_record = !command.no_record,
                              .workers = std::max(1U, std::thread::hardware_concurrency()),
                              .progress = {}};
  for (const auto& path : command.checkpoints) {
    COMITY_TRY(const Bytes note, read_file(path, kSmallFileBytes));
    const auto checkpoint = crypto::open_checkpoint(as_text(note), log_key);
    if (!checkpoint) return std::unexpected<Error>(at_place(path, checkpoint.error()));
    options.earlier_checkpoints.emplace_back(as_text(note));
  }
  Progress progress("auditing entries", registry.size(), context.progress());
  options.progress = progress.counter();
  COMITY_TRY(const auto report, audit::audit(*registry.files, options));
  const Told told = describe(report, own_trust);
  context.print(told.json, told.text);
  return report.clean() ? Outcome::ok : Outcome::failed_check;
}

}  // namespace

void add_audit(Verb app, Context& context) {
  auto options = std::make_shared<AuditCommand>();
  const auto verb =
      app.add_subcommand("audit", "Check a whole log: every byte, signature and decision");
  verb.group("Reading and checking");
  verb.footer(kAuditFooter);
  add_positional(verb, "DIR", options->directory,
                 "The registry's directory, a copy of it, or the URL where it is served");
  add_named(verb, "--trust", options->trust, "FILE", "The registry's trust.json, from elsewhere");
  verb.add_option("--checkpoint", options->checkpoints,
                  "A checkpoint kept earlier, to be held against the log (again for more)")
      .type_name("FILE")
      .one_value_each();
  add_named(
      verb, "--against", options->against, "DIR",
      "Only compare with another copy, and name the first entry where they, or their records, "
      "part");
  verb.add_flag("--no-hidden", options->no_hidden,
                "A copy made from a server: without segments/hidden and what is on hold");
  verb.add_flag("--no-record", options->no_record, "Leave out the digests of the record");
  run_when_named(verb, context, options, run_audit);
}

}  // namespace comity::cli
