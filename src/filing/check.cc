#include "filing/check.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/limits.h"
#include "codec/cose_key.h"
#include "crypto/sha256.h"
#include "filing/audience.h"
#include "stix/finding_code.h"
#include "stix/validator.h"

namespace comity::filing {

/// Makes a CheckedFiling step by step. The order of the steps is part of the rules, so that a bad
/// filing is refused with the same code everywhere: size; form of the filing; form of the
/// statement; the manifest's hash; the manifest's form; one part per item; all digests in the
/// manifest's order; all objects in that order; the key; the signature.
class Checker {
 public:
  explicit Checker(codec::JsonReader& reader) : reader_(&reader) {}

  /// The steps before the key.
  Result<void> take(Bytes filing);
  Result<void> take_stored(OwnedStatement entry, ByteView manifest,
                           std::span<const StoredPart> parts);

  [[nodiscard]] const Statement& statement() const { return *checked_.statement_; }
  /// The key in the filing's own key note, for the founding filing.
  [[nodiscard]] Result<crypto::PublicKey> own_key() const;

  /// The last step.
  Result<CheckedFiling> finish(const crypto::PublicKey& key,
                               const VerifiedStatements* verified = nullptr);

 private:
  enum class Erased { refused, allowed };

  Result<void> take_statement(OwnedStatement statement);
  Result<void> read_items(ByteView manifest, std::span<const StoredPart> parts, Erased erased);
  Result<void> check_item(CheckedItem& item);
  /// The head of an object that is valid STIX 2.1; one parse and one walk.
  Result<ObjectHead> read_valid(ByteView object);

  CheckedFiling checked_;
  codec::JsonReader* reader_;
  stix::Validator validator_;
};

namespace {

std::unexpected<Error> malformed_filing(std::string sentence) {
  return refuse("filing-malformed", std::move(sentence));
}

Result<void> check_names(const Item& item, const ObjectHead& head) {
  if (head.id == item.id && head.version == item.version && head.revoked == item.revoked) return {};
  return refuse("item-mismatch",
                "The manifest's id, version or `revoked` of " + std::string(item.id) +
                    " is not that of the object filed for it; make the manifest anew.");
}

/// Whether a part may stand for the item: whole, or not at all.
Result<void> check_presence(const Item& item, const StoredPart& part, bool may_be_erased) {
  if (part.salt.empty() && part.content.empty()) {
    if (item.hidden() || may_be_erased) return {};
    return refuse("filing-part-missing", "The content of the public item " + std::string(item.id) +
                                             " is missing; only hidden items can be held back.");
  }
  if (part.salt.size() != kSaltBytes) return malformed_filing("A salt must have 16 bytes.");
  return {};
}

}  // namespace

Result<void> Checker::take_statement(OwnedStatement statement) {
  checked_.statement_ = std::move(statement);
  if (this->statement().kind != StatementKind::filing)
    return refuse("statement-not-filing",
                  "A control statement stands where a filing must; it carries no objects.");
  return {};
}

Result<ObjectHead> Checker::read_valid(ByteView object) {
  COMITY_TRY(const auto json, reader_->parse(object));
  COMITY_TRY(auto head, read_head(json));
  const auto error = validator_.first_error(json);
  if (!error) return head;
  if (error->code == stix::code::kDuplicateKey)
    return refuse("json-duplicate-key", error->sentence);
  if (error->code == stix::code::kTooDeep) return refuse("json-too-deep", error->sentence);
  std::string where = error->path == "$" ? std::string() : " at " + error->path;
  if (!error->section.empty()) where += " (section " + std::string(error->section) + ")";
  return refuse("object-invalid",
                "The object " + head.id + " is no valid STIX 2.1" + where + ": " + error->sentence);
}

Result<void> Checker::check_item(CheckedItem& item) {
  if (item.absent()) return {};
  if (!item.item.hidden()) {
    COMITY_TRY(item.head, read_valid(item.content));
    COMITY_CHECK(check_names(item.item, *item.head));
    return check_public(*item.head);
  }
  COMITY_TRY(const auto hidden, parse_hidden(item.content));
  COMITY_TRY(item.head, read_valid(hidden.object));
  return check_audience(*item.head, hidden.readers.size());
}

Result<void> Checker::read_items(ByteView manifest, std::span<const StoredPart> parts,
                                 Erased erased) {
  if (!equal(crypto::digest_of<ManifestTag>(manifest).view(), statement().payload))
    return refuse("manifest-mismatch",
                  "The statement was signed over another manifest than the one filed with it.");
  checked_.manifest_ = manifest;
  COMITY_TRY(const auto items, parse_manifest(manifest));
  if (items.size() != parts.size())
    return malformed_filing("A filing must hold one part for each item of its manifest.");
  checked_.items_.reserve(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    COMITY_CHECK(check_presence(items[i], parts[i], erased == Erased::allowed));
    checked_.items_.push_back({items[i], parts[i].salt, parts[i].content, std::nullopt});
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto& part = checked_.items_[i];
    if (!part.absent() && digest_content(part.salt, part.content) != part.item.digest)
      return refuse("content-mismatch", "The digest of item " + std::to_string(i) +
                                            " in the manifest is not that of its content.");
  }
  for (auto& item : checked_.items_) COMITY_CHECK(check_item(item));
  return {};
}

Result<void> Checker::take(Bytes filing) {
  checked_.filing_ = std::move(filing);
  COMITY_TRY(const auto envelope, parse_envelope(checked_.filing_));
  COMITY_TRY(auto statement, OwnedStatement::parse(envelope.entry()));
  COMITY_CHECK(take_statement(std::move(statement)));
  return read_items(envelope.manifest, envelope.parts, Erased::refused);
}

Result<void> Checker::take_stored(OwnedStatement entry, ByteView manifest,
                                  std::span<const StoredPart> parts) {
  COMITY_CHECK(take_statement(std::move(entry)));
  std::size_t size = manifest.size();
  for (const auto& part : parts) size += part.salt.size() + part.content.size();
  if (size > limits::kFilingBytes)
    return refuse("filing-too-large", "The stored parts are larger than a filing may be.");

  // One buffer of the right size, so that views into it stay.
  Bytes& kept = checked_.filing_;
  kept.reserve(size);
  const auto keep = [&kept](ByteView bytes) {
    const std::size_t start = kept.size();
    append(kept, bytes);
    return ByteView(kept).subspan(start);
  };
  const ByteView own_manifest = keep(manifest);
  std::vector<StoredPart> own_parts;
  own_parts.reserve(parts.size());
  for (const auto& part : parts) {
    const ByteView salt = keep(part.salt);
    own_parts.push_back({salt, keep(part.content)});
  }
  return read_items(own_manifest, own_parts, Erased::allowed);
}

Result<crypto::PublicKey> Checker::own_key() const {
  const std::string kid = to_base64url(statement().kid.view());
  for (const auto& item : checked_.items_) {
    if (item.item.hidden() || !item.head || item.head->kind != Kind::key) continue;
    COMITY_TRY(const auto object, reader_->read(item.content));
    COMITY_TRY(const auto extensions, object.object("extensions"));
    if (!extensions) continue;
    COMITY_TRY(const auto note, extensions->object(kExtensionId));
    if (!note) continue;
    COMITY_TRY(const auto named, note->text("kid"));
    COMITY_TRY(const auto key, note->text("key"));
    if (named != kid || !key) continue;
    COMITY_TRY(const auto encoded, from_base64url(*key));
    return codec::parse_cose_key(encoded);
  }
  return refuse("founding-key-missing",
                "The founding filing holds no public key note of the key that signed it.");
}

Result<CheckedFiling> Checker::finish(const crypto::PublicKey& key,
                                      const VerifiedStatements* verified) {
  const bool is_verified = verified != nullptr && verified->contains(checked_.leaf());
  if (!is_verified) COMITY_CHECK(verify_statement(statement(), key));
  checked_.key_ = key;
  return std::move(checked_);
}

Result<CheckedFiling> check(Bytes filing, const FindKey& find_key, codec::JsonReader& reader) {
  Checker checker(reader);
  COMITY_CHECK(checker.take(std::move(filing)));
  COMITY_TRY(const auto key, find_key(checker.statement().kid));
  return checker.finish(key);
}

Result<CheckedFiling> check_stored(OwnedStatement entry, ByteView manifest,
                                   std::span<const StoredPart> parts, const FindKey& find_key,
                                   codec::JsonReader& reader, const VerifiedStatements* verified) {
  Checker checker(reader);
  COMITY_CHECK(checker.take_stored(std::move(entry), manifest, parts));
  COMITY_TRY(const auto key, find_key(checker.statement().kid));
  return checker.finish(key, verified);
}

Result<CheckedFiling> check_founding(Bytes filing, codec::JsonReader& reader) {
  Checker checker(reader);
  COMITY_CHECK(checker.take(std::move(filing)));
  COMITY_TRY(const auto key, checker.own_key());
  return checker.finish(key);
}

}  // namespace comity::filing
