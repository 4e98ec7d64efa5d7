#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "rules/state.h"

namespace comity::rules {

/// The state of admission as plain maps: what every other one must agree with.
class MemoryState final : public State {
 public:
  void apply(const Changes& changes, std::uint64_t new_size) {
    size_ = new_size;
    if (changes.standing) standing_ = *changes.standing;
    for (const auto& it : changes.statements) statements_[it.key] = it;
    for (const auto& it : changes.parties) parties_[it.id] = it;
    for (const auto& it : changes.keys) keys_.insert_or_assign(it.kid, it);
    for (const auto& it : changes.announced_keys) announced_keys_[it.note.kid] = it;
    for (const auto& it : changes.sponsorships) sponsorships_[{it.note.party, it.sponsor}] = it;
    for (const auto& it : changes.versions) versions_[{it.party, it.id, it.version}] = it;
    for (const auto& it : changes.marks) marks_[it.place] = it;
  }

  /// Everything, to compare whole states.
  auto all() const {
    return std::tie(size_, standing_, statements_, parties_, keys_, announced_keys_, sponsorships_,
                    versions_, marks_);
  }

  Result<std::uint64_t> size() const override { return size_; }
  Result<Standing> standing() const override { return standing_; }
  Result<std::optional<FiledStatement>> statement(const filing::StatementKey& key) const override {
    return find(statements_, key);
  }
  Result<std::optional<Party>> party(std::string_view id) const override {
    return find(parties_, std::string(id));
  }
  Result<std::optional<Key>> key(const codec::KeyId& kid) const override {
    return find(keys_, kid);
  }
  Result<std::vector<Key>> keys_of(std::string_view party) const override {
    std::vector<Key> keys;
    for (const auto& [kid, key] : keys_)
      if (key.party == party) keys.push_back(key);
    std::stable_sort(keys.begin(), keys.end(),
                     [](const Key& a, const Key& b) { return a.added_at < b.added_at; });
    return keys;
  }
  Result<std::optional<AnnouncedKey>> announced_key(const codec::KeyId& kid) const override {
    return find(announced_keys_, kid);
  }
  Result<std::vector<Sponsorship>> sponsorships(std::string_view party) const override {
    std::vector<Sponsorship> words;
    for (const auto& [key, word] : sponsorships_)
      if (key.first == party) words.push_back(word);
    return words;
  }
  Result<std::optional<Version>> version(std::string_view party, std::string_view id,
                                         UnixMicros version) const override {
    return find(versions_, VersionKey{party, id, version});
  }
  Result<std::optional<Version>> revocation(std::string_view party,
                                            std::string_view id) const override {
    for (const auto& [key, version] : versions_)
      if (version.party == party && version.id == id && version.revoked) return version;
    return std::nullopt;
  }
  Result<std::optional<ItemMarks>> marks(const filing::ItemPlace& place) const override {
    return find(marks_, place);
  }

 private:
  using VersionKey = std::tuple<std::string, std::string, UnixMicros>;

  template <class Map>
  static std::optional<typename Map::mapped_type> find(const Map& map,
                                                       const typename Map::key_type& key) {
    const auto found = map.find(key);
    if (found == map.end()) return std::nullopt;
    return found->second;
  }

  std::uint64_t size_ = 0;
  Standing standing_;
  std::map<filing::StatementKey, FiledStatement> statements_;
  std::map<std::string, Party> parties_;
  std::map<codec::KeyId, Key> keys_;
  std::map<codec::KeyId, AnnouncedKey> announced_keys_;
  std::map<std::pair<std::string, std::string>, Sponsorship> sponsorships_;
  std::map<VersionKey, Version> versions_;
  std::map<filing::ItemPlace, ItemMarks> marks_;
};

}  // namespace comity::rules
