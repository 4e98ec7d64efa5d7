#include "views/registration.h"

#include <future>
#include <memory>
#include <vector>

#include <gtest/gtest.h>

#include "tests/registry/sample_registry.h"

namespace comity::views {
namespace {

class RegistrationTest : public testing::Test {
 protected:
  RegistrationTest()
      : receipts_({.files = sample_.files(),
                   .receipt_key = sample_.registry().keys().receipt,
                   .origin = std::string(samples::kOrigin)}),
        registration_({.registry = sample_.registry(),
                       .receipts = receipts_,
                       .verified = verified_,
                       .post = [](const std::function<void()>& task) { task(); },
                       .withhold =
                           [this](std::uint64_t size) {
                             EXPECT_FALSE(is_answered_);
                             withheld_.push_back(size);
                           }}) {
    EXPECT_TRUE(sample_.admit(10));
  }

  Result<Filed> send(const Bytes& bytes) {
    is_answered_ = false;
    // Shared, since the thread that answers may still be at it when the answer is here.
    const auto answer = std::make_shared<std::promise<Result<Filed>>>();
    registration_.file(as_text(bytes), [this, answer](Result<Filed> filed) {
      is_answered_ = true;
      answer->set_value(std::move(filed));
    });
    return answer->get_future().get();
  }
  Result<Filed> control(const filing::Control& control, int by = 1) {
    filing::Claims claims = sample_.claims_of(by == 1 ? sample_.registrar() : samples::party(by));
    claims.subject = std::string(samples::kOrigin);
    return send(filing::sign_statement(filing::StatementKind::control, claims,
                                       filing::write_control(control),
                                       samples::key(static_cast<std::uint8_t>(by)))
                    .value());
  }

  samples::SampleRegistry sample_;
  log::ReceiptIssuer receipts_;
  filing::VerifiedStatements verified_;
  bool is_answered_ = false;  // written by one thread at a time
  std::vector<std::uint64_t> withheld_;
  Registration registration_;
};

TEST_F(RegistrationTest, WhatTakesContentAwayIsToldOfBeforeItIsAnswered) {
  const auto filing = filing::sign_filing({samples::open_to_all(samples::note(1))},
                                          sample_.claims_of(samples::party(10)), samples::key(10))
                          .value();
  const auto filed = send(filing.filing);
  ASSERT_TRUE(filed) << filed.error().sentence();
  EXPECT_TRUE(withheld_.empty()) << "a filing takes nothing away";

  const filing::ItemPlace item{filed->registered.index, 0};
  const auto held = control(filing::Hold{item, true, "order", "court"});
  ASSERT_TRUE(held) << held.error().sentence();
  EXPECT_EQ(withheld_, std::vector{held->registered.index + 1});
  withheld_.clear();
  ASSERT_TRUE(control(filing::Hold{item, false, "lifted", "court"}));
  EXPECT_TRUE(withheld_.empty()) << "nor does a release";
  const auto erased = control(filing::Erase{item, "names a person", "court"});
  ASSERT_TRUE(erased) << erased.error().sentence();
  EXPECT_EQ(withheld_, std::vector{erased->registered.index + 1});
}

TEST_F(RegistrationTest, TellsWhichSignaturesItHasVerified) {
  auto draft = filing::sign_filing({samples::open_to_all(samples::note(1))},
                                   sample_.claims_of(samples::party(10)), samples::key(10))
                   .value();
  const auto checked = registration_.check(as_text(draft.filing));
  ASSERT_TRUE(checked) << checked.error().sentence();
  EXPECT_FALSE(verified_.contains(checked->leaf()));
  ASSERT_TRUE(send(draft.filing));
  EXPECT_TRUE(verified_.contains(checked->leaf()));
}

TEST_F(RegistrationTest, WhatIsRefusedTakesNothingAway) {
  EXPECT_FALSE(control(filing::Hold{{1, 0}, true, "order", "me"}, 10));
  EXPECT_FALSE(control(filing::Erase{{99, 0}, "none", "court"}));
  EXPECT_FALSE(send(to_bytes("nonsense")));
  EXPECT_TRUE(withheld_.empty());
}

}  // namespace
}  // namespace comity::views
