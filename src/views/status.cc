#include "views/status.h"

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <utility>

namespace comity::views {
namespace {

using Row = std::pair<std::string_view, unsigned>;

constexpr Row kStatuses[] = {
    // Whom nobody knows.
    {"token-unknown", 401},
    // Who may not: the statement is well-formed, and another one by somebody else would do.
    {"party-unknown", 403},
    {"party-suspended", 403},
    {"key-unknown", 403},
    {"key-inactive", 403},
    {"key-revoked", 403},
    {"key-not-issuers", 403},
    {"signature-invalid", 403},
    {"custody-limited", 403},
    {"admission-not-registrars", 403},
    {"charter-not-registrars", 403},
    {"control-not-registrars", 403},
    {"key-note-not-partys", 403},
    {"collection-read-only", 403},
    // What is not there.
    {"resource-unknown", 404},
    {"entry-out-of-range", 404},
    {"object-unknown", 404},
    {"scitt-key-unknown", 404},
    {"collection-unknown", 404},
    {"status-unknown", 404},
    {"tile-path-malformed", 404},
    {"segment-path-malformed", 404},
    {"receipt-size-one", 404},
    {"content-not-shown", 451},
    // How it was asked for.
    {"method-unknown", 405},
    {"media-type-unacceptable", 406},
    {"body-too-large", 413},
    {"filing-too-large", 413},
    {"statement-too-large", 413},
    {"manifest-too-large", 413},
    {"target-too-long", 414},
    {"media-type-unknown", 415},
    {"content-encoding-unsupported", 415},
    {"range-unsatisfiable", 416},
    {"too-many-requests", 429},
    {"fields-too-large", 431},
    // What will be answered in a while.
    {"record-behind", 503},
    // What is damaged here: refused to an auditor, but to a client a fault of ours.
    {"log-missing", 500},
    {"log-damaged", 500},
    {"log-record-missing", 500},
    {"bundle-missing", 500},
    {"bundle-malformed", 500},
    {"bundle-damaged", 500},
    {"tile-missing", 500},
    {"tile-damaged", 500},
    {"segment-missing", 500},
    {"segment-damaged", 500},
    {"segment-record-malformed", 500},
    {"file-too-large", 500},
    {"note-unsigned", 500},
    {"note-signature-invalid", 500},
    {"checkpoint-malformed", 500},
    // What may go at another time.
    {"question-too-long", 503},
    // What contradicts what stands in the log already.
    {"version-taken", 409},
    {"object-revoked", 409},
    {"statement-resigned", 409},
    {"key-taken", 409},
};

constexpr Row kPhrases[] = {
    {"OK", 200},
    {"Created", 201},
    {"Accepted", 202},
    {"No Content", 204},
    {"Partial Content", 206},
    {"See Other", 303},
    {"Not Modified", 304},
    {"Permanent Redirect", 308},
    {"Bad Request", 400},
    {"Unauthorized", 401},
    {"Forbidden", 403},
    {"Not Found", 404},
    {"Method Not Allowed", 405},
    {"Not Acceptable", 406},
    {"Request Timeout", 408},
    {"Conflict", 409},
    {"Content Too Large", 413},
    {"URI Too Long", 414},
    {"Unsupported Media Type", 415},
    {"Range Not Satisfiable", 416},
    {"Expectation Failed", 417},
    {"Unprocessable Content", 422},
    {"Too Many Requests", 429},
    {"Request Header Fields Too Large", 431},
    {"Unavailable For Legal Reasons", 451},
    {"Internal Server Error", 500},
    {"Not Implemented", 501},
    {"Service Unavailable", 503},
    {"HTTP Version Not Supported", 505},
};

}  // namespace

unsigned status_of(const Error& error) {
  if (const Fault* fault = error.fault()) return fault->error_number == EAGAIN ? 503 : 500;
  const auto* row = std::ranges::find(kStatuses, error.refusal()->code, &Row::first);
  return row == std::end(kStatuses) ? 400 : row->second;
}

std::string_view phrase_of(unsigned status) {
  const auto* row = std::ranges::find(kPhrases, status, &Row::second);
  return row == std::end(kPhrases) ? std::string_view{} : row->first;
}

unsigned retry_after(unsigned status) {
  switch (status) {
    case 429:
    case 503:
      return 1;
    case 500:
      return 10;
    default:
      return 0;
  }
}

}  // namespace comity::views
