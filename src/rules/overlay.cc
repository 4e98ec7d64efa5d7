#include "rules/overlay.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "base/limits.h"

namespace comity::rules {
namespace {

/// Two names in one; neither holds a zero byte.
std::string join(std::string_view a, std::string_view b) {
  std::string joined(a);
  joined += '\0';
  joined += b;
  return joined;
}

std::string version_key(std::string_view party, std::string_view id, UnixMicros version) {
  return join(join(party, id), std::to_string(count(version)));
}

}  // namespace

struct Overlay::Maps {
  /// Values in the order in which their keys came, each found by a hash.
  template <class Key, class Value, class Hash = std::hash<Key>>
  class Table {
   public:
    explicit Table(std::vector<Value>& values) : values_(values) {}

    /// Replaces the value of the key, or adds it; its place stays for ever.
    std::size_t put(const Key& key, Value&& value) {
      const auto [found, is_new] = places_.try_emplace(key, values_.size());
      const std::size_t place = found->second;
      if (is_new)
        values_.push_back(std::move(value));
      else
        values_[place] = std::move(value);
      return place;
    }

    [[nodiscard]] const Value* find(const Key& key) const {
      const auto found = places_.find(key);
      return found == places_.end() ? nullptr : &values_[found->second];
    }

   private:
    std::vector<Value>& values_;
    std::unordered_map<Key, std::size_t, Hash> places_;
  };

  struct PlaceHash {
    std::size_t operator()(const filing::ItemPlace& place) const {
      return std::hash<std::uint64_t>{}(place.entry * limits::kItems + place.ordinal);
    }
  };

  Changes changes;
  std::optional<std::uint64_t> size;
  Table<filing::StatementKey, FiledStatement, DigestHash> statements{changes.statements};
  Table<std::string, Party> parties{changes.parties};
  Table<codec::KeyId, Key, DigestHash> keys{changes.keys};
  Table<codec::KeyId, AnnouncedKey, DigestHash> announced_keys{changes.announced_keys};
  Table<std::string, Sponsorship> sponsorships{changes.sponsorships};
  Table<std::string, Version> versions{changes.versions};
  /// Of (party, id): where the version that revoked it stands in changes.versions.
  std::unordered_map<std::string, std::size_t> revocations;
  Table<filing::ItemPlace, ItemMarks, PlaceHash> marks{changes.marks};

  void put(Version version);
};

void Overlay::Maps::put(Version version) {
  const std::string key = version_key(version.party, version.id, version.version);
  const std::string object = join(version.party, version.id);
  const bool revoked = version.revoked;
  const std::size_t place = versions.put(key, std::move(version));
  if (revoked) revocations[object] = place;
}

Overlay::Overlay(const State& base) : base_(base), maps_(std::make_unique<Maps>()) {}
Overlay::~Overlay() = default;

void Overlay::put(Changes changes, std::uint64_t new_size) {
  Maps& maps = *maps_;
  maps.size = new_size;
  if (changes.standing) maps.changes.standing = std::move(changes.standing);
  for (const auto& it : changes.statements) maps.statements.put(it.key, FiledStatement(it));
  for (auto& it : changes.parties) maps.parties.put(it.id, std::move(it));
  for (auto& it : changes.keys) maps.keys.put(it.kid, std::move(it));
  for (auto& it : changes.announced_keys) maps.announced_keys.put(it.note.kid, std::move(it));
  for (auto& it : changes.sponsorships)
    maps.sponsorships.put(join(it.note.party, it.sponsor), std::move(it));
  for (auto& it : changes.versions) maps.put(std::move(it));
  for (const auto& it : changes.marks) maps.marks.put(it.place, ItemMarks(it));
}

Changes Overlay::take() {
  Changes changes = std::move(maps_->changes);
  maps_ = std::make_unique<Maps>();
  return changes;
}

Result<std::uint64_t> Overlay::size() const {
  if (maps_->size) return *maps_->size;
  return base_.size();
}

Result<Standing> Overlay::standing() const {
  if (maps_->changes.standing) return *maps_->changes.standing;
  return base_.standing();
}

Result<std::optional<FiledStatement>> Overlay::statement(const filing::StatementKey& key) const {
  if (const auto* found = maps_->statements.find(key)) return *found;
  return base_.statement(key);
}

Result<std::optional<Party>> Overlay::party(std::string_view id) const {
  if (const auto* found = maps_->parties.find(std::string(id))) return *found;
  return base_.party(id);
}

Result<std::optional<Key>> Overlay::key(const codec::KeyId& kid) const {
  if (const auto* found = maps_->keys.find(kid)) return *found;
  return base_.key(kid);
}

Result<std::vector<Key>> Overlay::keys_of(std::string_view party) const {
  COMITY_TRY(auto keys, base_.keys_of(party));
  std::erase_if(keys, [&](const Key& key) { return maps_->keys.find(key.kid) != nullptr; });
  for (const Key& key : maps_->changes.keys)
    if (key.party == party) keys.push_back(key);
  std::sort(keys.begin(), keys.end(), [](const Key& a, const Key& b) {
    return std::tie(a.added_at, a.kid) < std::tie(b.added_at, b.kid);
  });
  return keys;
}

Result<std::optional<AnnouncedKey>> Overlay::announced_key(const codec::KeyId& kid) const {
  if (const auto* found = maps_->announced_keys.find(kid)) return *found;
  return base_.announced_key(kid);
}

Result<std::vector<Sponsorship>> Overlay::sponsorships(std::string_view party) const {
  COMITY_TRY(auto words, base_.sponsorships(party));
  std::erase_if(words, [&](const Sponsorship& word) {
    return maps_->sponsorships.find(join(party, word.sponsor)) != nullptr;
  });
  for (const Sponsorship& word : maps_->changes.sponsorships)
    if (word.note.party == party) words.push_back(word);
  std::sort(words.begin(), words.end(),
            [](const Sponsorship& a, const Sponsorship& b) { return a.sponsor < b.sponsor; });
  return words;
}

Result<std::optional<Version>> Overlay::version(std::string_view party, std::string_view id,
                                                UnixMicros version) const {
  const auto* found = maps_->versions.find(version_key(party, id, version));
  if (found) return *found;
  return base_.version(party, id, version);
}

Result<std::optional<Version>> Overlay::revocation(std::string_view party,
                                                   std::string_view id) const {
  const auto found = maps_->revocations.find(join(party, id));
  if (found == maps_->revocations.end()) return base_.revocation(party, id);
  return maps_->changes.versions[found->second];
}

Result<std::optional<ItemMarks>> Overlay::marks(const filing::ItemPlace& place) const {
  if (const auto* found = maps_->marks.find(place)) return *found;
  return base_.marks(place);
}

}  // namespace comity::rules
