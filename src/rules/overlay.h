#pragma once

#include <memory>

#include "rules/state.h"

namespace comity::rules {

/// A state with changes on top, so that a filing in a batch sees those before it. The base outlives
/// it. One thread.
///
/// An entry is tried on an overlay of its own over the batch's: refused, it is dropped; admitted,
/// `take()` moves its changes into the batch by `put`. Lookups cost a hash each.
class Overlay final : public State {
 public:
  explicit Overlay(const State& base);
  ~Overlay() override;

  void put(Changes changes, std::uint64_t new_size);
  /// All that was put since the overlay was made; it is as new afterwards.
  [[nodiscard]] Changes take();

  Result<std::uint64_t> size() const override;
  Result<Standing> standing() const override;
  Result<std::optional<FiledStatement>> statement(const filing::StatementKey&) const override;
  Result<std::optional<Party>> party(std::string_view id) const override;
  Result<std::optional<Key>> key(const codec::KeyId&) const override;
  Result<std::vector<Key>> keys_of(std::string_view party) const override;
  Result<std::optional<AnnouncedKey>> announced_key(const codec::KeyId&) const override;
  Result<std::vector<Sponsorship>> sponsorships(std::string_view party) const override;
  Result<std::optional<Version>> version(std::string_view party, std::string_view id,
                                         UnixMicros version) const override;
  Result<std::optional<Version>> revocation(std::string_view party,
                                            std::string_view id) const override;
  Result<std::optional<ItemMarks>> marks(const filing::ItemPlace&) const override;

 private:
  struct Maps;
  const State& base_;
  std::unique_ptr<Maps> maps_;
};

}  // namespace comity::rules
