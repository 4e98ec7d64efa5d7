#include "filing/draft.h"

#include <algorithm>
#include <utility>

#include "codec/json.h"
#include "crypto/random.h"
#include "crypto/sha256.h"
#include "filing/audience.h"
#include "filing/envelope.h"
#include "filing/hidden_content.h"
#include "filing/object.h"

namespace comity::filing {
namespace {

/// What becomes of a DraftItem; views into it and into `hidden`.
struct Drafted {
  Salt salt{};
  std::string id;  ///< of a public object
  Bytes hidden;    ///< the content of a hidden one
  Item item;
};

Result<Bytes> hide(const DraftItem& draft, const ObjectHead& head) {
  std::vector<std::string_view> readers(draft.readers.begin(), draft.readers.end());
  std::sort(readers.begin(), readers.end());
  readers.erase(std::unique(readers.begin(), readers.end()), readers.end());
  if (draft.audience == DraftItem::Audience::readers)
    COMITY_CHECK(check_audience(head, readers.size()));
  if (!std::all_of(readers.begin(), readers.end(), is_utf8))
    return refuse("hidden-malformed", "A reader must be a party's identity id.");
  Bytes content = write_hidden({readers, draft.object});
  COMITY_CHECK(parse_hidden(content));
  return content;
}

Result<Drafted> make_item(const DraftItem& draft, codec::JsonReader& reader, const Salt& salt) {
  COMITY_TRY(auto head, read_object(draft.object, reader));
  Drafted drafted;
  drafted.salt = salt;
  if (draft.audience != DraftItem::Audience::everyone) {
    COMITY_TRY(drafted.hidden, hide(draft, head));
    drafted.item.digest = digest_content(salt, drafted.hidden);
    return drafted;
  }
  COMITY_CHECK(check_public(head));
  drafted.item.digest = digest_content(salt, draft.object);
  drafted.item.version = head.version;
  drafted.item.revoked = head.revoked;
  drafted.id = std::move(head.id);
  return drafted;
}

}  // namespace

Salt random_salt() { return crypto::random_bytes<kSaltBytes>(); }

Result<SignedFiling> sign_filing(const std::vector<DraftItem>& items, const Claims& claims,
                                 const crypto::SecretKey& key, const MakeSalt& make_salt) {
  codec::JsonReader reader;
  std::vector<Drafted> drafted;
  drafted.reserve(items.size());
  for (const auto& draft : items) {
    COMITY_TRY(auto made, make_item(draft, reader, make_salt()));
    drafted.push_back(std::move(made));
  }

  SignedFiling result;
  std::vector<Item> manifest_items;
  std::vector<StoredPart> parts;
  for (std::size_t i = 0; i < items.size(); ++i) {
    Drafted& made = drafted[i];
    made.item.id = made.id;
    manifest_items.push_back(made.item);
    const ByteView content = made.item.hidden() ? made.hidden : items[i].object;
    const bool is_sealed = items[i].audience == DraftItem::Audience::nobody;
    result.kept.emplace_back();
    if (is_sealed) result.kept.back() = {to_bytes(made.salt), to_bytes(content)};
    parts.push_back(is_sealed ? StoredPart{} : StoredPart{made.salt, content});
  }
  const Bytes manifest = write_manifest(manifest_items);
  COMITY_CHECK(parse_manifest(manifest));
  COMITY_TRY(const Bytes entry,
             sign_statement(StatementKind::filing, claims,
                            crypto::digest_of<ManifestTag>(manifest).view(), key));
  result.filing = write_envelope(entry, manifest, parts);
  COMITY_CHECK(parse_envelope(result.filing));
  return result;
}

}  // namespace comity::filing
