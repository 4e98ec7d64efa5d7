#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "base/time.h"
#include "codec/cose_key.h"
#include "crypto/merkle.h"
#include "crypto/secret_key.h"
#include "filing/stix_id.h"

namespace comity::filing {

struct StatementTag;
/// What makes two statements the same: SHA-256 of the Sig_structure, so the signature is left out.
using StatementKey = Digest<StatementTag>;

/// 9999-12-31T23:59:59Z: no `iat` and no tick is later, so that times can be reckoned with.
inline constexpr UnixSeconds kLastSecond{253'402'300'799};

enum class StatementKind {
  filing,   ///< payload = SHA-256 of a manifest (hash envelope, RFC 9995)
  control,  ///< payload = a control body of the registrar
};

/// A signed statement taken apart, its form checked to the last byte, its signature not.
/// `docs/formats/statement.md`. Views point into the bytes that were parsed.
struct Statement {
  StatementKind kind = StatementKind::filing;
  std::int64_t algorithm = 0;  ///< COSE: -8, -19 or -7
  codec::KeyId kid;
  std::string_view issuer;
  std::string_view subject;
  std::vector<std::string_view> audience;
  UnixSeconds issued_at{};
  ByteView protected_header;
  ByteView payload;
  ByteView signature;
  StatementKey key;

  [[nodiscard]] bool is_addressed_to(std::string_view origin) const;
};

/// Refuses `statement-malformed`, `statement-too-large` or what the CBOR and COSE readers refuse.
[[nodiscard]] Result<Statement> parse_statement(ByteView bytes);

/// A statement with the bytes that its views point into, and their hash as a leaf of the log, so
/// that whoever parses it in parallel has hashed it too. Moves; the views stay valid.
class OwnedStatement {
 public:
  /// Refuses as `parse_statement`.
  [[nodiscard]] static Result<OwnedStatement> parse(Bytes bytes);

  OwnedStatement() = default;  ///< of no bytes, to be moved into
  OwnedStatement(OwnedStatement&&) = default;
  OwnedStatement& operator=(OwnedStatement&&) = default;
  OwnedStatement(const OwnedStatement&) = delete;
  OwnedStatement& operator=(const OwnedStatement&) = delete;
  ~OwnedStatement() = default;

  [[nodiscard]] ByteView bytes() const { return bytes_; }
  [[nodiscard]] const crypto::LeafHash& leaf() const { return leaf_; }
  const Statement& operator*() const { return statement_; }
  const Statement* operator->() const { return &statement_; }

 private:
  Bytes bytes_;
  Statement statement_;
  crypto::LeafHash leaf_;
};

/// The content of the protected header that says what the members of the statement say; for a
/// parsed statement the same bytes as its `protected_header`.
[[nodiscard]] Bytes write_header(const Statement& statement);

/// Whether the signature is the key's. Refuses `signature-invalid`, and `signature-key-mismatch`
/// where the key isn't the one that `kid` names, or not of the algorithm.
[[nodiscard]] Result<void> verify_statement(const Statement& statement,
                                            const crypto::PublicKey& key);

/// What a signer says of itself; see Statement for the members.
struct Claims {
  std::string issuer;
  std::string subject;
  std::vector<std::string> audience;
  UnixSeconds issued_at{};
};

/// The signed statement's bytes, as the log keeps them. Refuses claims as `parse_statement` does,
/// but puts the audiences in order itself.
[[nodiscard]] Result<Bytes> sign_statement(StatementKind kind, const Claims& claims,
                                           ByteView payload, const crypto::SecretKey& key);

/// `docs/formats/encoding.md`, Names.
[[nodiscard]] bool is_origin(std::string_view text);

}  // namespace comity::filing
