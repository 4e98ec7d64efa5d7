// What only a real directory can show; the contract itself is tests/crash/files_contract_test.cc.

#include <cerrno>
#include <csignal>
#include <filesystem>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/files.h"

namespace comity {
namespace {

namespace fs = std::filesystem;

/// While it lives no file grows beyond so many bytes: what is written is cut there, and then fails
/// with EFBIG, as on a full disk with ENOSPC.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{.rlim_cur = bytes, .rlim_max = before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  void (*handler_)(int);
  rlimit before_{};
};

int break_down(int /*descriptor*/) {
  errno = EIO;
  return -1;
}

int failures_to_tell = 0;

/// As Linux tells of pages that could not be written: once.
int tell_of_failures(int descriptor) { return failures_to_tell-- > 0 ? break_down(descriptor) : 0; }

class PosixFiles : public testing::Test {
 protected:
  PosixFiles() {
    std::string name = testing::TempDir() + "comity_posix_XXXXXX";
    root_ = ::mkdtemp(name.data());
  }
  ~PosixFiles() override { fs::remove_all(root_); }
  [[nodiscard]] std::unique_ptr<Files> open() const { return open_directory(root_).value(); }

  fs::path root_;
};

TEST_F(PosixFiles, MakesTheRootAndThoseAboveIt) {
  const std::string deep = root_ / "a/b/c";
  ASSERT_TRUE(open_directory(deep).value()->write("x", as_bytes("1")).has_value());
  EXPECT_EQ(fs::file_size(root_ / "a/b/c/x"), 1U);
  EXPECT_EQ(open_directory(deep + "/x/y").error().code(), "fault");
  EXPECT_EQ(open_directory("").error().code(), "fault");
}

TEST_F(PosixFiles, FollowsNoSymbolicLink) {
  const auto files = open();
  ASSERT_TRUE(files->write("real/a", as_bytes("secret")).has_value());
  fs::create_symlink(root_ / "real/a", root_ / "link");
  fs::create_directory_symlink(root_ / "real", root_ / "directory");
  for (const char* path : {"link", "directory/a"}) {
    EXPECT_EQ(files->read(path, 100).error().code(), "fault") << path;
    EXPECT_EQ(files->write(path, {}).error().code(), "fault") << path;
    EXPECT_EQ(files->append(path, 0, {}).error().code(), "fault") << path;
  }
  EXPECT_EQ(files->replace("directory/b", {}).error().code(), "fault");
  EXPECT_EQ(fs::file_size(root_ / "real/a"), 6U);
}

TEST_F(PosixFiles, APipeIsNotWaitedFor) {
  const auto files = open();
  ASSERT_EQ(::mkfifo((root_ / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(files->read("pipe", 100).error().code(), "fault");
  EXPECT_EQ(files->read_range("pipe", 0, 1).error().code(), "fault");
  EXPECT_EQ(files->size("pipe").error().code(), "fault");
}

TEST_F(PosixFiles, AFaultNamesTheFile) {
  const auto files = open();
  fs::create_directory(root_ / "d");
  const std::string sentence = files->write("d", {}).error().sentence();
  EXPECT_NE(sentence.find((root_ / "d").string()), std::string::npos) << sentence;
  EXPECT_NE(sentence.find("Is a directory"), std::string::npos) << sentence;
}

TEST_F(PosixFiles, AFailedSyncStaysFailedUntilTheDirectoryIsOpenedAgain) {
  const auto files =
      open_directory(root_, {.file = ::fsync, .file_system = tell_of_failures}).value();
  failures_to_tell = 1;
  ASSERT_TRUE(files->write("a", as_bytes("x")).has_value());
  for (int time = 0; time < 3; ++time) {
    const auto synced = files->sync();
    ASSERT_FALSE(synced.has_value()) << time;
    EXPECT_EQ(synced.error().fault()->error_number, EIO);
    EXPECT_NE(synced.error().sentence().find(root_.string()), std::string::npos);
  }
  // Nor is a replacement durable whose directories are new.
  EXPECT_FALSE(files->replace("new/checkpoint", as_bytes("x")).has_value());
  EXPECT_TRUE(open()->sync().has_value());
}

TEST_F(PosixFiles, AReplacementThatIsNotSyncedReplacesNothing) {
  ASSERT_TRUE(open()->replace("checkpoint", as_bytes("one")).has_value());
  const auto files = open_directory(root_, {.file = break_down, .file_system = ::syncfs}).value();
  const auto replaced = files->replace("checkpoint", as_bytes("two"));
  ASSERT_FALSE(replaced.has_value());
  EXPECT_EQ(replaced.error().fault()->error_number, EIO);
  EXPECT_EQ(as_text(open()->read("checkpoint", 9).value().value()), "one");
}

TEST_F(PosixFiles, WhatFindsNoRoomIsAFaultAndCanBeWrittenAgain) {
  const auto files = open();
  ASSERT_TRUE(files->replace("checkpoint", as_bytes("one")).has_value());
  ASSERT_TRUE(files->append("a", 0, as_bytes("123")).has_value());
  {
    const FileSizeLimit limit(5);
    for (const auto& failed :
         {files->append("a", 3, as_bytes("456")), files->write("b", as_bytes("123456")),
          files->replace("checkpoint", as_bytes("longer"))}) {
      ASSERT_FALSE(failed.has_value());
      EXPECT_EQ(failed.error().fault()->error_number, EFBIG) << failed.error().sentence();
      EXPECT_NE(failed.error().sentence().find(root_.string()), std::string::npos);
    }
  }
  EXPECT_EQ(as_text(files->read("checkpoint", 9).value().value()), "one");
  EXPECT_EQ(as_text(files->read("a", 9).value().value()), "12345");
  EXPECT_TRUE(files->append("a", 3, as_bytes("456")).has_value());
  EXPECT_TRUE(files->write("b", as_bytes("123456")).has_value());
  EXPECT_TRUE(files->replace("checkpoint", as_bytes("longer")).has_value());
  EXPECT_EQ(as_text(files->read("a", 9).value().value()), "123456");
  EXPECT_EQ(as_text(files->read("b", 9).value().value()), "123456");
  EXPECT_EQ(as_text(files->read("checkpoint", 9).value().value()), "longer");
}

TEST_F(PosixFiles, AnUnfinishedReplaceIsNeitherSeenNorInTheWay) {
  const auto files = open();
  ASSERT_TRUE(files->replace("checkpoint", as_bytes("one")).has_value());
  ASSERT_TRUE(files->write("other", as_bytes("half a checkpoint")).has_value());
  fs::rename(root_ / "other", root_ / ".checkpoint.new");
  EXPECT_EQ(files->list("").value(), std::vector<std::string>{"checkpoint"});
  ASSERT_TRUE(files->replace("checkpoint", as_bytes("two")).has_value());
  EXPECT_EQ(as_text(files->read("checkpoint", 9).value().value()), "two");
  EXPECT_FALSE(fs::exists(root_ / ".checkpoint.new"));
}

TEST_F(PosixFiles, SeesWhatAnotherProcessPutInItsPlace) {
  const auto files = open();
  const auto other = open();
  ASSERT_TRUE(files->append("a", 0, as_bytes("one")).has_value());
  EXPECT_EQ(as_text(other->read_range("a", 0, 3).value().value()), "one");
  ASSERT_TRUE(files->replace("a", as_bytes("two")).has_value());
  EXPECT_EQ(as_text(other->read_range("a", 0, 3).value().value()), "two");
  ASSERT_TRUE(files->remove("a").has_value());
  EXPECT_EQ(other->read_range("a", 0, 3).value(), std::nullopt);
}

TEST_F(PosixFiles, WhatIsHiddenIsItsOwnersAlone) {
  const auto files = open();
  ASSERT_TRUE(files->append("segments/hidden/0", 0, as_bytes("x")).has_value());
  ASSERT_TRUE(files->replace("private/key", as_bytes("x")).has_value());
  ASSERT_TRUE(files->write("segments/public/0", as_bytes("x")).has_value());
  for (const char* path : {"segments/hidden", "private"})
    EXPECT_EQ(fs::status(root_ / path).permissions(), fs::perms::owner_all) << path;
  EXPECT_NE(fs::status(root_ / "segments/public").permissions() & fs::perms::group_read,
            fs::perms::none);
}

TEST_F(PosixFiles, TheLockEndsWithItsProcess) {
  int ready[2];
  int finish[2];
  ASSERT_EQ(::pipe(ready), 0);
  ASSERT_EQ(::pipe(finish), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto files = open();
    const auto lock = files->lock("lock");
    char byte = lock.has_value() ? 'y' : 'n';
    if (::write(ready[1], &byte, 1) != 1 || ::read(finish[0], &byte, 1) != 1) ::_exit(1);
    ::_exit(0);  // without running destructors, as if killed
  }
  char byte = 0;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  EXPECT_EQ(byte, 'y');
  EXPECT_EQ(open()->lock("lock").error().code(), "registry-locked");
  ASSERT_EQ(::write(finish[1], &byte, 1), 1);
  int status = -1;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_TRUE(open()->lock("lock").has_value());
}

TEST_F(PosixFiles, ACopyStandsElsewhere) {
  const auto one = open_directory(root_ / "one").value();
  const std::string place = one->place().value();
  EXPECT_EQ(place.size(), 64U);
  fs::rename(root_ / "one", root_ / "moved");
  fs::copy(root_ / "moved", root_ / "copy", fs::copy_options::recursive);
  EXPECT_EQ(open_directory(root_ / "moved").value()->place().value(), place);
  EXPECT_NE(open_directory(root_ / "copy").value()->place().value(), place);
}

}  // namespace
}  // namespace comity
