#include "views/case_ids.h"

#include <algorithm>
#include <span>

#include "base/bytes.h"
#include "crypto/sha256.h"
#include "filing/stix_id.h"

namespace comity::views {
namespace {

constexpr std::string_view kReport = "report--";
constexpr std::string_view kIncident = "incident--";

}  // namespace

CaseIds::CaseIds(std::string_view origin) {
  const auto hash = crypto::sha256(as_bytes(std::string("comity case reports of ").append(origin)));
  std::ranges::copy(std::span(hash).first<sizeof mask_.bytes>(), mask_.bytes.begin());
  mask_.bytes[6] &= std::byte{0x0f};  // the version, RFC 9562 section 4.2
  mask_.bytes[8] &= std::byte{0x3f};  // the variant, section 4.1
}

std::string CaseIds::turned(std::string_view uuid) const {
  crypto::Uuid bits = crypto::parse_uuid(uuid).value();
  for (std::size_t i = 0; i < bits.bytes.size(); ++i) bits.bytes.at(i) ^= mask_.bytes.at(i);
  return crypto::to_text(bits);
}

std::string CaseIds::report_of(std::string_view incident) const {
  return std::string(kReport) + turned(incident.substr(incident.rfind("--") + 2));
}

std::optional<std::string> CaseIds::incident_of(std::string_view report) const {
  if (!report.starts_with(kReport) || !filing::is_stix_id(report)) return std::nullopt;
  return std::string(kIncident) + turned(report.substr(kReport.size()));
}

}  // namespace comity::views
