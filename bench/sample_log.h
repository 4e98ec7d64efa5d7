#pragma once

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "log/log_reader.h"

#include "bench/sample_filings.h"
#include "bench/work_directory.h"

namespace comity::bench {

/// How many objects a large log has; made for a million.
inline int sample_objects() { return static_cast<int>(setting("COMITY_BENCH_OBJECTS", 1'000'000)); }

/// A log of public objects, in filings of the registrar: the one in the directory that an
/// environment variable names, made there where there is none and left; or made for this run.
class SampleLog {
 public:
  /// Files the objects together.
  using File = std::function<void(const std::vector<std::string>&)>;

  /// `variable`: of the environment. `fill` is called where the log is to be made.
  SampleLog(const char* variable, const std::function<void(const File&)>& fill) {
    const char* kept = std::getenv(variable);
    if (kept == nullptr) own_.emplace();
    path_ = kept == nullptr ? own_->path() : kept;
    std::filesystem::create_directories(path_);
    files_ = open_directory(path_).value();
    if (!std::filesystem::exists(path_ + "/checkpoint")) make(fill);
  }

  [[nodiscard]] const Files& files() const { return *files_; }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] crypto::TreeHead head() const {
    const auto vkey = crypto::make_vkey(samples::kOrigin, samples::key(8).public_key()).value();
    return log::LogReader::open(*files_, vkey).value().head();
  }

 private:
  void make(const std::function<void(const File&)>& fill) {
    const SystemClock clock;
    const auto registry = found_registry(*files_, path_, clock);
    const std::string registrar = registrar_of(*registry);
    codec::JsonReader reader;
    fill([&](const std::vector<std::string>& objects) {
      std::vector<filing::DraftItem> items;
      for (const std::string& object : objects) items.push_back(samples::open_to_all(object));
      const filing::Claims claims{registrar,
                                  registrar,
                                  {std::string(samples::kOrigin)},
                                  UnixSeconds{count(clock.now()) / 1'000'000}};
      auto filing = filing::sign_filing(items, claims, samples::key(1)).value();
      COMITY_ASSERT(registry->sequencer().file(checked(std::move(filing.filing), reader)));
    });
  }

  std::optional<WorkDirectory> own_;
  std::string path_;
  std::unique_ptr<Files> files_;
};

/// Files `object(i)` of all i in [first, end), a thousand in a filing.
template <class Object>
void file_range(const SampleLog::File& file, int first, int end, const Object& object) {
  constexpr int kInFiling = 1000;
  for (; first < end; first += kInFiling) {
    std::vector<std::string> objects;
    for (int i = first; i < std::min(end, first + kInFiling); ++i) objects.push_back(object(i));
    file(objects);
  }
}

}  // namespace comity::bench
