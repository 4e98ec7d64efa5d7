#include "audit/report.h"

#include <utility>

namespace comity::audit {

void Report::add(Finding finding) {
  if (findings.size() < kFindings) {
    findings.push_back(std::move(finding));
  } else {
    cut_short = true;
  }
}

void Report::add(const Error& error, std::optional<std::uint64_t> entry) {
  add(Finding{error.code(), error.sentence(), entry});
}

}  // namespace comity::audit
