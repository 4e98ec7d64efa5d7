#pragma once

#include <string>

#include "base/bytes.h"
#include "base/error.h"

#include "http_client.h"

/// What the bodies of answers say. A server may be anybody's, so nothing of them is believed:
/// proofs are verified by whoever asked, and a code that no registry has is not passed on.
namespace comity::cli {

/// What is read of the answer to a filing; all else is taken from the proofs.
struct FilingAnswer {
  Bytes receipt;           ///< COSE, not read yet
  std::string tlog_proof;  ///< the same
  bool already_filed = false;
};

/// A body without both proofs is a fault of the server that `url` names.
[[nodiscard]] Result<FilingAnswer> parse_filing_answer(ByteView body, const std::string& url);

/// The refusal or fault that an answer other than 2xx tells of.
[[nodiscard]] Error error_of(const HttpAnswer& answer, const std::string& url);

}  // namespace comity::cli
