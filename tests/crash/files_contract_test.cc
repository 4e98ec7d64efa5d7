// What base/files.h promises, held against the directory and against its stand-in in memory.

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <thread>

#include "base/files.h"

#include "tests/crash/memory_files.h"

namespace comity {
namespace {

struct OnDisk {
  OnDisk() {
    std::string name = testing::TempDir() + "comity_files_XXXXXX";
    root = ::mkdtemp(name.data());
    files = open_directory(root).value();
  }
  ~OnDisk() { std::filesystem::remove_all(root); }
  std::string root;
  std::unique_ptr<Files> files;
};

struct InMemory {
  std::unique_ptr<Files> files = std::make_unique<crash::MemoryFiles>();
};

template <class Kind>
class FilesContract : public testing::Test {
 protected:
  std::string text(std::string_view path) {
    const auto bytes = files().read(path, 1 << 20).value();
    return bytes ? std::string(as_text(*bytes)) : "(missing)";
  }
  std::string range(std::string_view path, std::uint64_t offset, std::uint64_t size) {
    const auto bytes = files().read_range(path, offset, size).value();
    return bytes ? std::string(as_text(*bytes)) : "(missing)";
  }
  Files& files() { return *kind_.files; }

 private:
  Kind kind_;
};

using Kinds = testing::Types<OnDisk, InMemory>;
TYPED_TEST_SUITE(FilesContract, Kinds);

TYPED_TEST(FilesContract, WritesAndReadsBack) {
  Files& files = this->files();
  EXPECT_TRUE(files.write("a", as_bytes("long at first")).has_value());
  EXPECT_TRUE(files.write("a", as_bytes("short")).has_value());
  EXPECT_TRUE(files.write("tile/0/x001/002", as_bytes("deep")).has_value());
  EXPECT_TRUE(files.write("empty", {}).has_value());
  EXPECT_TRUE(files.sync().has_value());
  EXPECT_EQ(this->text("a"), "short");
  EXPECT_EQ(this->text("tile/0/x001/002"), "deep");
  EXPECT_EQ(this->text("empty"), "");
  EXPECT_EQ(files.size("a").value(), 5U);
  EXPECT_EQ(this->range("a", 1, 3), "hor");
  EXPECT_EQ(this->range("a", 0, 5), "short");
  EXPECT_EQ(this->range("a", 5, 0), "");
}

TYPED_TEST(FilesContract, WhatIsMissingIsNothing) {
  Files& files = this->files();
  ASSERT_TRUE(files.write("a", as_bytes("12345")).has_value());
  EXPECT_EQ(this->text("b"), "(missing)");
  EXPECT_EQ(this->text("no/such/place"), "(missing)");
  EXPECT_EQ(this->text("a/below"), "(missing)");
  EXPECT_EQ(files.size("b").value(), std::nullopt);
  EXPECT_EQ(this->range("b", 0, 0), "(missing)");
  EXPECT_EQ(this->range("a", 1, 5), "(missing)");
  EXPECT_EQ(this->range("a", 6, 0), "(missing)");
  EXPECT_EQ(this->range("a", ~std::uint64_t{0}, 1), "(missing)");
  EXPECT_EQ(this->range("a", 1, ~std::uint64_t{0}), "(missing)");
  EXPECT_TRUE(files.remove("b").has_value());
  EXPECT_TRUE(files.remove("no/such/place").has_value());
  EXPECT_EQ(files.list("none").value(), std::vector<std::string>());
}

TYPED_TEST(FilesContract, AppendsAfterCuttingToTheOffset) {
  Files& files = this->files();
  EXPECT_TRUE(files.append("segments/0", 0, as_bytes("abc")).has_value());
  EXPECT_TRUE(files.append("segments/0", 3, as_bytes("def")).has_value());
  EXPECT_EQ(this->range("segments/0", 2, 4), "cdef");
  EXPECT_TRUE(files.append("segments/0", 4, as_bytes("x")).has_value());
  EXPECT_EQ(this->text("segments/0"), "abcdx");
  EXPECT_EQ(files.append("segments/0", 6, as_bytes("y")).error().code(), "fault");
  EXPECT_EQ(files.append("segments/1", 1, as_bytes("y")).error().code(), "fault");
  EXPECT_EQ(this->text("segments/0"), "abcdx");
}

TYPED_TEST(FilesContract, OverwritesInside) {
  Files& files = this->files();
  ASSERT_TRUE(files.append("a", 0, as_bytes("abcdef")).has_value());
  EXPECT_TRUE(files.overwrite("a", 2, as_bytes("XY")).has_value());
  EXPECT_TRUE(files.overwrite("a", 6, {}).has_value());
  EXPECT_EQ(this->text("a"), "abXYef");
  EXPECT_EQ(files.overwrite("a", 5, as_bytes("ZZ")).error().code(), "fault");
  EXPECT_EQ(files.overwrite("a", ~std::uint64_t{0}, as_bytes("Z")).error().code(), "fault");
  EXPECT_EQ(files.overwrite("b", 0, as_bytes("Z")).error().code(), "fault");
  EXPECT_EQ(this->text("a"), "abXYef");
}

TYPED_TEST(FilesContract, ReplacesAndRemovesWhatWasOpen) {
  Files& files = this->files();
  ASSERT_TRUE(files.append("log/a", 0, as_bytes("first")).has_value());
  EXPECT_EQ(this->range("log/a", 0, 5), "first");
  EXPECT_TRUE(files.replace("log/a", as_bytes("second")).has_value());
  EXPECT_EQ(this->range("log/a", 0, 6), "second");
  EXPECT_TRUE(files.append("log/a", 6, as_bytes("!")).has_value());
  EXPECT_EQ(this->text("log/a"), "second!");
  EXPECT_TRUE(files.remove("log/a").has_value());
  EXPECT_EQ(this->range("log/a", 0, 1), "(missing)");
  EXPECT_TRUE(files.replace("new/place/b", as_bytes("b")).has_value());
  EXPECT_EQ(this->text("new/place/b"), "b");
}

TYPED_TEST(FilesContract, ListsSorted) {
  Files& files = this->files();
  for (const char* path : {"b", "a", "c/2", "c/10", "c/d/e"})
    ASSERT_TRUE(files.write(path, as_bytes("x")).has_value());
  ASSERT_TRUE(files.replace("checkpoint", as_bytes("x")).has_value());
  EXPECT_EQ(files.list("").value(), (std::vector<std::string>{"a", "b", "c/", "checkpoint"}));
  EXPECT_EQ(files.list("c").value(), (std::vector<std::string>{"10", "2", "d/"}));
}

TYPED_TEST(FilesContract, RefusesUnsafePaths) {
  Files& files = this->files();
  for (const char* path : {"../a", "/a", "a/../b", "a//b", ".a"}) {
    EXPECT_EQ(files.write(path, {}).error().code(), "path-unsafe") << path;
    EXPECT_EQ(files.append(path, 0, {}).error().code(), "path-unsafe") << path;
    EXPECT_EQ(files.overwrite(path, 0, {}).error().code(), "path-unsafe") << path;
    EXPECT_EQ(files.replace(path, {}).error().code(), "path-unsafe") << path;
    EXPECT_EQ(files.remove(path).error().code(), "path-unsafe") << path;
    EXPECT_EQ(files.read(path, 1).error().code(), "path-unsafe") << path;
    EXPECT_EQ(files.read_range(path, 0, 1).error().code(), "path-unsafe") << path;
    EXPECT_EQ(files.size(path).error().code(), "path-unsafe") << path;
    EXPECT_EQ(files.list(path).error().code(), "path-unsafe") << path;
    EXPECT_EQ(files.lock(path).error().code(), "path-unsafe") << path;
  }
  EXPECT_EQ(files.write("", {}).error().code(), "path-unsafe");
}

TYPED_TEST(FilesContract, ADirectoryIsNoFile) {
  Files& files = this->files();
  ASSERT_TRUE(files.write("d/a", as_bytes("x")).has_value());
  EXPECT_EQ(files.write("d", {}).error().code(), "fault");
  EXPECT_EQ(files.append("d", 0, {}).error().code(), "fault");
  EXPECT_EQ(files.replace("d", {}).error().code(), "fault");
  EXPECT_EQ(files.remove("d").error().code(), "fault");
  EXPECT_EQ(files.read("d", 1).error().code(), "fault");
  EXPECT_EQ(files.read_range("d", 0, 0).error().code(), "fault");
  EXPECT_EQ(files.size("d").error().code(), "fault");
  EXPECT_EQ(files.write("d/a/b", {}).error().code(), "fault");
}

TYPED_TEST(FilesContract, RefusesAFileAboveTheLimit) {
  ASSERT_TRUE(this->files().write("a", as_bytes("12345")).has_value());
  EXPECT_EQ(this->files().read("a", 4).error().code(), "file-too-large");
  EXPECT_TRUE(this->files().read("a", 5).has_value());
}

TYPED_TEST(FilesContract, OneHoldsTheLock) {
  Files& files = this->files();
  {
    const auto held = files.lock("lock");
    ASSERT_TRUE(held.has_value());
    EXPECT_EQ(files.lock("lock").error().code(), "registry-locked");
    EXPECT_TRUE(files.lock("other").has_value());
  }
  EXPECT_TRUE(files.lock("lock").has_value());
}

TYPED_TEST(FilesContract, KnowsItsPlaceAndSpace) {
  EXPECT_EQ(this->files().place().value(), this->files().place().value());
  EXPECT_GT(this->files().free_space().value(), 0U);
}

TYPED_TEST(FilesContract, ReadersSeeWholeRangesWhileTheWriterAppends) {
  Files& files = this->files();
  constexpr std::uint64_t kRounds = 200;
  ASSERT_TRUE(files.append("a", 0, {}).has_value());
  std::vector<std::jthread> readers;
  std::atomic<bool> wrong = false;
  for (int reader = 0; reader < 3; ++reader)
    readers.emplace_back([&](const std::stop_token& stop) {
      while (!stop.stop_requested()) {
        const std::uint64_t size = files.size("a").value().value();
        const auto bytes = files.read_range("a", 0, size).value();
        if (!bytes || std::ranges::count(*bytes, std::byte{'x'}) != std::ssize(*bytes))
          wrong = true;
      }
    });
  // More files than are kept open, so that readers meet descriptors being dropped.
  for (std::uint64_t round = 0; round < kRounds; ++round) {
    ASSERT_TRUE(files.append("a", round * 4, as_bytes("xxxx")).has_value());
    ASSERT_TRUE(files.append("b/" + std::to_string(round), 0, as_bytes("y")).has_value());
  }
  readers.clear();
  EXPECT_FALSE(wrong);
  EXPECT_EQ(files.size("a").value(), kRounds * 4);
}

}  // namespace
}  // namespace comity
