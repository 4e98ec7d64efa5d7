#include "views/publication.h"

#include <array>

#include <gtest/gtest.h>

#include "log/layout.h"
#include "log/log_reader.h"

#include "tests/registry/sample_registry.h"

namespace comity::views {
namespace {

using filing::ItemPlace;

std::string read_body(Response& response) {
  if (auto* text = std::get_if<std::string>(&response.body)) return *text;
  auto& source = *std::get<std::unique_ptr<BodySource>>(response.body);
  std::string all;
  std::array<char, 100> buffer{};
  while (true) {
    const auto count = source.read(buffer);
    EXPECT_TRUE(count);
    if (!count || *count == 0) return all;
    all.append(buffer.data(), *count);
  }
}

class PublicationTest : public testing::Test {
 protected:
  PublicationTest()
      : sample_(options()),
        checkpoint_(stored()),
        withheld_(sample_.files(), log::HeldItems::open(sample_.place().state_path()).value()),
        publication_({.files = sample_.files(),
                      .checkpoint = checkpoint_,
                      .withheld = withheld_,
                      .vkey = crypto::print(sample_.vkey())}) {
    publication_.add_to(router_);
    EXPECT_TRUE(sample_.admit(10));
  }

  Response ask(std::string target, std::string range = {}) {
    Request request{.method = Method::get, .target = std::move(target), .fields = {}, .body = {}};
    if (!range.empty()) request.fields.add("range", std::move(range));
    std::optional<Response> answer;
    router_.answer(request, [&](Response response) { answer = std::move(response); });
    return std::move(*answer);
  }
  std::string file(const std::string& path) {
    const auto bytes = sample_.files().read(path, 1U << 30).value();
    return bytes ? std::string(as_text(*bytes)) : "(missing)";
  }
  log::Registered file_item(const filing::DraftItem& item) {
    return sample_.file({item}, samples::party(10), samples::key(10)).value();
  }
  log::Registered file_note(int number) {
    return file_item(samples::open_to_all(samples::note(number)));
  }

  log::RegistryOptions options() {
    log::RegistryOptions options;
    options.committed = [this](const crypto::TreeHead& head, const std::string& note) {
      checkpoint_.advance({.note = note, .head = head});
    };
    return options;
  }
  /// The checkpoint in the directory.
  Published stored() {
    const auto found = log::read_checkpoint(sample_.files(), sample_.vkey()).value();
    return {.note = crypto::print(found.note), .head = found.checkpoint.head()};
  }

  samples::SampleRegistry sample_;
  PublishedCheckpoint checkpoint_;
  Withheld withheld_;
  Publication publication_;
  Router router_;
};

TEST_F(PublicationTest, TheCheckpointIsServedOnceItsCommitIsDone) {
  Response founded = ask("/checkpoint");
  EXPECT_EQ(read_body(founded), stored().note);
  const log::Registered filed = file_note(1);
  Response grown = ask("/checkpoint");
  EXPECT_EQ(read_body(grown), filed.checkpoint_note);
  // The next one, which is being made durable.
  const auto next = crypto::sign_checkpoint({.origin = std::string(samples::kOrigin),
                                             .size = crypto::TreeSize{100},
                                             .root = filed.head.root,
                                             .extensions = {}},
                                            samples::key(8))
                        .value();
  ASSERT_TRUE(sample_.files().replace(log::kCheckpointPath, as_bytes(crypto::print(next.note))));
  Response meanwhile = ask("/checkpoint");
  EXPECT_EQ(read_body(meanwhile), filed.checkpoint_note);
  EXPECT_EQ(ask("/tile/0/000.p/100").status, 404U);
}

TEST_F(PublicationTest, TilesEndWhereTheCheckpointDoes) {
  const std::uint64_t size = crypto::count(file_note(1).head.size);
  for (unsigned width = 1; width < 256; ++width) {
    const std::string path = "tile/0/000.p/" + std::to_string(width);
    Response response = ask("/" + path);
    const bool there = width <= size && file(path) != "(missing)";
    EXPECT_EQ(response.status, there ? 200U : 404U) << path;
    if (there) {
      EXPECT_EQ(read_body(response), file(path));
    }
  }
  // Remains of a batch that was not committed lie in the directory and are not of the log.
  const std::string stray = "tile/0/000.p/" + std::to_string(size + 1);
  ASSERT_TRUE(sample_.files().write(stray, as_bytes("stray")));
  EXPECT_EQ(ask("/" + stray).status, 404U);
  ASSERT_TRUE(sample_.files().write("tile/0/000", as_bytes("stray")));
  EXPECT_EQ(ask("/tile/0/000").status, 404U);
}

TEST_F(PublicationTest, SegmentsEndWhereTheCheckpointDoes) {
  (void)file_note(1);
  const std::string segment = file("segments/public/00000000.seg");
  const std::string index = file("segments/public/index");
  ASSERT_TRUE(sample_.files().append("segments/public/00000000.seg", segment.size(),
                                     as_bytes("remains of a batch")));
  ASSERT_TRUE(sample_.files().append("segments/public/index", index.size(),
                                     as_bytes(std::string(24, '\0'))));
  Response whole = ask("/segments/public/00000000.seg");
  EXPECT_EQ(read_body(whole), segment);
  Response rows = ask("/segments/public/index");
  EXPECT_EQ(read_body(rows), index);
  EXPECT_EQ(ask("/segments/public/00000001.seg").status, 404U);
}

TEST_F(PublicationTest, WhatIsOnHoldIsWithheldUntilItIsReleased) {
  const auto first = file_note(1);
  const auto second = file_note(2);
  const std::string target = "/segments/public/00000000.seg";
  Response before = ask(target);
  const std::string whole = read_body(before);
  const auto hold = [&](const log::Registered& filed, bool on) {
    const filing::Hold control{ItemPlace{filed.index, 0}, on, "order", "court"};
    ASSERT_TRUE(sample_.control(control));
  };
  hold(first, true);
  EXPECT_EQ(ask(target).status, 451U);
  const std::size_t held = whole.find(samples::note(1));
  ASSERT_NE(held, std::string::npos);
  // The salt before it is withheld as well.
  const auto range = [](std::size_t first_byte, std::size_t last_byte) {
    return "bytes=" + std::to_string(first_byte) + "-" + std::to_string(last_byte);
  };
  EXPECT_EQ(ask(target, range(held - 16, held - 16)).status, 451U);
  EXPECT_EQ(ask(target, range(held + 5, whole.size())).status, 451U);
  const std::size_t end = held + samples::note(1).size();
  Response around = ask(target, range(0, held - 17));
  EXPECT_EQ(around.status, 206U);
  EXPECT_EQ(read_body(around), whole.substr(0, held - 16));
  Response behind = ask(target, range(end, whole.size() - 1));
  EXPECT_EQ(read_body(behind), whole.substr(end));
  hold(second, true);
  EXPECT_EQ(ask(target, range(end, whole.size() - 1)).status, 451U);
  hold(first, false);
  hold(second, false);
  EXPECT_EQ(ask(target).status, 200U);
}

TEST_F(PublicationTest, WhatIsPutOnHoldWhileItIsSentIsSentNoFurther) {
  (void)file_note(1);
  const auto second = file_note(2);
  const std::string whole = file("segments/public/00000000.seg");
  const std::size_t held = whole.find(samples::note(2));
  ASSERT_NE(held, std::string::npos);
  Response response = ask("/segments/public/00000000.seg");
  ASSERT_EQ(response.status, 200U);
  auto& source = *std::get<std::unique_ptr<BodySource>>(response.body);
  std::array<char, 10> buffer{};
  ASSERT_EQ(source.read(buffer), buffer.size());
  ASSERT_TRUE(sample_.control(filing::Hold{ItemPlace{second.index, 0}, true, "order", "court"}));
  std::string sent(buffer.data(), buffer.size());
  while (true) {
    const auto count = source.read(buffer);
    if (!count) {
      EXPECT_EQ(count.error().code(), "content-not-shown");
      break;
    }
    ASSERT_GT(*count, 0U) << "it came to its end";
    sent.append(buffer.data(), *count);
  }
  const std::size_t salt = held - filing::kSaltBytes;
  EXPECT_EQ(sent, whole.substr(0, salt / buffer.size() * buffer.size()));
}

TEST_F(PublicationTest, ADisclosedItemIsWithheldWhereItsPublicCopyLies) {
  const std::string note = samples::note(1, samples::marked(samples::kGreen));
  const auto filed = file_item(samples::for_readers(note, {}));
  const ItemPlace item{filed.index, 0};
  ASSERT_TRUE(sample_.control(filing::Hold{item, true, "order", "court"}));
  EXPECT_EQ(ask("/segments/public/00000000.seg").status, 200U);
  ASSERT_TRUE(sample_.control(filing::Hold{item, false, "lifted", "court"}));
  codec::JsonReader reader;
  const auto head = filing::read_object(as_bytes(note), reader).value();
  ASSERT_TRUE(sample_.control(filing::Disclose{
      .item = item, .id = head.id, .version = head.version, .revoked = head.revoked}));
  EXPECT_EQ(ask("/segments/public/00000000.seg").status, 200U);
  ASSERT_TRUE(sample_.control(filing::Hold{item, true, "order", "court"}));
  EXPECT_EQ(ask("/segments/public/00000000.seg").status, 451U);
}

TEST_F(PublicationTest, NothingElseOfTheDirectoryIsServed) {
  for (const char* target : {"/epoch", "/lock", "/segments/hidden/index", "/state/x", "/private/x",
                             "/segments/public/..", "/segments/hidden/00000000.seg"})
    EXPECT_EQ(ask(target).status, 404U) << target;
  Response vkey = ask("/log.vkey");
  EXPECT_EQ(read_body(vkey), crypto::print(sample_.vkey()) + "\n");
}

}  // namespace
}  // namespace comity::views
