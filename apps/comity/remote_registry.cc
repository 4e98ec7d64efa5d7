#include "remote_registry.h"

#include <utility>

#include "codec/receipt.h"
#include "crypto/tlog_proof.h"

#include "context.h"

namespace comity::cli {
namespace {

/// The members that are read of the answer to a filing; all else is taken from the proofs.
struct Answer {
  Bytes receipt;
  std::string tlog_proof;
  bool already_filed = false;
};

Result<Answer> parse_answer(ByteView body, const std::string& url) {
  const Json json = Json::parse(as_text(body), nullptr, false);
  const auto text = [&](const char* name) {
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string{};
  };
  const auto receipt = from_base64(text("receipt"));
  const auto proof = from_base64(text("tlog_proof"));
  if (!json.is_object() || !receipt || !proof || receipt->empty())
    return fail(url + " has filed it and gives no proofs; ask it again");
  const auto already = json.find("already_filed");
  return Answer{.receipt = *receipt,
                .tlog_proof = std::string(as_text(*proof)),
                .already_filed = already != json.end() && *already == true};
}

}  // namespace

Result<RemoteRegistry> RemoteRegistry::open(const std::string& url, Trust trust) {
  COMITY_TRY(auto client, HttpClient::open(url));
  return RemoteRegistry(std::move(client), std::move(trust));
}

Result<views::Filed> RemoteRegistry::file(ByteView filing, ByteView entry) {
  COMITY_TRY(const auto response, client_.post("/api/v1/filings", "application/cose", filing));
  if (response.status != 200 && response.status != 201)
    return std::unexpected<Error>(error_of(response, client_.url()));
  COMITY_TRY(auto answer, parse_answer(response.body, client_.url()));
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
