#include "audit/audit.h"

#include <fmt/format.h>

#include "audit/bundle_reader.h"
#include "audit/entry_admission.h"
#include "audit/entry_files.h"
#include "audit/history.h"
#include "audit/key_book.h"
#include "audit/segment_audit.h"
#include "audit/tile_audit.h"
#include "audit/workers.h"
#include "log/log_reader.h"

namespace comity::audit {
namespace {

/// Entries: read in order, checked by the workers, admitted in order.
Result<void> audit_entries(const Files& files, const AuditOptions& options, Report& report) {
  KeyBook keys;
  const BundleContext context{.files = files, .head = report.head, .find_key = keys.finder()};
  COMITY_TRY(auto admission, EntryAdmission::open(files, options, keys, report));
  BundleReader reader(files, report.head, options.with_hidden, report);
  Workers workers(context, options.workers);
  const auto finish = [&](AuditedBundle bundle) -> Result<void> {
    for (Finding& finding : bundle.findings) report.add(std::move(finding));
    for (AuditedEntry& entry : bundle.entries) COMITY_CHECK(admission.take(entry));
    if (options.progress) options.progress(report.entries);
    return {};
  };
  while (!report.cut_short) {
    auto bundle = reader.next();
    if (!bundle) break;
    if (bundle->damaged) admission.end(bundle->audited.index * log::kTileWidth);
    workers.give(std::move(bundle->audited));
    while (auto done = workers.take_if_busy()) COMITY_CHECK(finish(std::move(*done)));
  }
  while (auto done = workers.take()) COMITY_CHECK(finish(std::move(*done)));
  if (report.cut_short) admission.end(report.entries);
  return admission.finish();
}

}  // namespace

Result<Report> audit(const Files& files, const AuditOptions& options) {
  COMITY_TRY(const auto checkpoint, log::read_checkpoint(files, options.log));
  Report report;
  report.origin = checkpoint.checkpoint.origin;
  report.head = checkpoint.checkpoint.head();
  audit_history(files, options.log, checkpoint, options.earlier_checkpoints, report);
  audit_tiles(files, report.head, report);
  audit_partials(files, report.head, report);
  audit_segments(files, report.head, log::SegmentKind::visible, report);
  if (options.with_hidden) audit_segments(files, report.head, log::SegmentKind::hidden, report);
  COMITY_CHECK(audit_entries(files, options, report));
  name_files(files, report);
  return report;
}

}  // namespace comity::audit
