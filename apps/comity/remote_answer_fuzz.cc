#include <cstddef>
#include <cstdint>
#include <span>

#include <nlohmann/json.hpp>

#include "remote_answer.h"
#include "tests/fuzz_target.h"

// Whatever a server answers: with proofs it reads the same when written anew, without it is the
// server's fault; and only a refusal of 4xx is passed on, by a code that steers no terminal.
COMITY_FUZZ_TARGET(cli_remote_answer_fuzz)(const std::uint8_t* data, std::size_t size) {
  using namespace comity;
  static const std::string url = "https://example.org";
  const Bytes body = to_bytes(std::as_bytes(std::span(data, size)));
  if (const auto answer = cli::parse_filing_answer(body, url)) {
    COMITY_ASSERT(!answer->receipt.empty() && !answer->tlog_proof.empty());
    const nlohmann::json json{{"receipt", to_base64(answer->receipt)},
                              {"tlog_proof", to_base64(as_bytes(answer->tlog_proof))},
                              {"already_filed", answer->already_filed}};
    const auto again = cli::parse_filing_answer(as_bytes(json.dump()), url);
    COMITY_ASSERT(again && again->receipt == answer->receipt);
    COMITY_ASSERT(again->tlog_proof == answer->tlog_proof);
    COMITY_ASSERT(again->already_filed == answer->already_filed);
  } else {
    COMITY_ASSERT(answer.error().fault() != nullptr);
  }
  const Error error = cli::error_of({.status = 409, .fields = {}, .body = body}, url);
  COMITY_ASSERT(error.refusal() != nullptr || error.sentence().starts_with(url));
  const std::string code = error.code();
  COMITY_ASSERT(code.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == code.npos);
  COMITY_ASSERT(cli::error_of({.status = 500, .fields = {}, .body = body}, url).fault() != nullptr);
  return 0;
}
