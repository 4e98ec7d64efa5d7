#include "remote_registry.h"

#include <utility>

#include "codec/receipt.h"
#include "crypto/tlog_proof.h"

#include "remote_answer.h"

namespace comity::cli {

Result<RemoteRegistry> RemoteRegistry::open(const std::string& url, Trust trust) {
  COMITY_TRY(auto client, HttpClient::open(url));
  return RemoteRegistry(std::move(client), std::move(trust));
}

Result<views::Filed> RemoteRegistry::file(ByteView filing, ByteView entry) {
  COMITY_TRY(const auto response, client_.post("/api/v1/filings", "application/cose", filing));
  if (response.status != 200 && response.status != 201)
    return std::unexpected<Error>(error_of(response, client_.url()));
  COMITY_TRY(auto answer, parse_filing_answer(response.body, client_.url()));
  const crypto::LeafHash leaf = crypto::leaf_hash(entry);
  COMITY_TRY(const auto receipt, codec::parse_receipt(answer.receipt));
  COMITY_TRY(
      const auto said,
      codec::verify_receipt(receipt, leaf, {.key = trust_.receipt_key, .origin = trust_.origin}));
  COMITY_TRY(const auto proof, crypto::parse_tlog_proof(answer.tlog_proof));
  COMITY_TRY(const auto checkpoint, crypto::verify_tlog_proof(proof, trust_.log, leaf));
  const auto index = static_cast<std::uint64_t>(proof.index);
  return views::Filed{.registered = {.index = index,
                                     .head = checkpoint.checkpoint.head(),
                                     .time = said.time,
                                     .checkpoint_note = proof.checkpoint,
                                     .already_filed = answer.already_filed},
                      .receipt = {.index = index,
                                  .head = said.head,
                                  .time = said.time,
                                  .cose = std::move(answer.receipt),
                                  .tlog_proof = std::move(answer.tlog_proof)}};
}

}  // namespace comity::cli
