#pragma once

#include <memory>
#include <string>
#include <vector>

#include "record/follower.h"

#include "query/snapshot.h"
#include "tests/registry/sample_registry.h"

namespace comity::samples {

/// A registry with party kParty, and its record.
class SampleRecord {
 public:
  static constexpr int kParty = 10;

  SampleRecord() {
    EXPECT_TRUE(sample_.admit(kParty).has_value());
    reopen();
    follow();
  }

  [[nodiscard]] SampleRegistry& registry() { return sample_; }
  [[nodiscard]] record::Follower& follower() { return *follower_; }
  [[nodiscard]] crypto::TreeHead head() { return sample_.head(); }

  /// One filing of public objects; the index of its entry.
  std::uint64_t file(const std::vector<std::string>& objects, int by = kParty) {
    std::vector<filing::DraftItem> items;
    for (const std::string& object : objects) items.push_back(open_to_all(object));
    const auto filed = sample_.file(items, party(by), key(static_cast<std::uint8_t>(by)));
    EXPECT_TRUE(filed.has_value()) << (filed ? "" : filed.error().sentence());
    return filed ? filed->index : 0;
  }
  /// Folds what the log has got.
  void follow() {
    const auto caught_up = follower_->catch_up(head());
    EXPECT_TRUE(caught_up.has_value()) << (caught_up ? "" : caught_up.error().sentence());
  }
  void close() { follower_.reset(); }
  void reopen() {
    close();
    follower_ = record::Follower::open({sample_.files(), place_.path()}).value();
  }
  /// For a live record; then there is none here until `reopen`.
  [[nodiscard]] std::unique_ptr<record::Follower> take_follower() { return std::move(follower_); }
  [[nodiscard]] query::Snapshot snapshot() {
    return query::Snapshot::open(follower_->path()).value();
  }

 private:
  SampleRegistry sample_;
  TemporaryDirectory place_;
  std::unique_ptr<record::Follower> follower_;
};

}  // namespace comity::samples
