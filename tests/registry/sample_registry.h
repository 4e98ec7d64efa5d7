#pragma once

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "log/log_reader.h"
#include "log/registry.h"

#include "tests/crash/memory_files.h"
#include "tests/filing/samples.h"
#include "tests/registry/filer.h"

/// A registry with parties that file, for tests of sequencer, registry and audit.
namespace comity::samples {

/// A clock that a test sets; a step of a second at each look, so that every batch begins with a
/// tick.
class StepClock final : public Clock {
 public:
  [[nodiscard]] UnixMicros now() const override { return UnixMicros{now_.fetch_add(step_)}; }
  /// From now on no time passes, so that entries share it.
  void stand_still() { step_ = 0; }

 private:
  std::atomic<std::int64_t> step_{1'000'000};
  mutable std::atomic<std::int64_t> now_{1'767'323'045'000'000};
};

/// Goes with all that is in it.
class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "comity-test-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

inline log::RegistryKeys registry_keys() {
  return {key(8), key(9, crypto::Algorithm::es256), key(1)};
}

inline log::FoundingPlan plan() {
  return {.origin = std::string(kOrigin), .registrar_name = "Test registrar", .country = "CH"};
}

/// Files in memory unless others are handed in.
class SampleRegistry {
 public:
  explicit SampleRegistry(log::RegistryOptions options = {})
      : owned_(std::make_unique<crash::MemoryFiles>()), files_(owned_.get()) {
    auto founded =
        log::Registry::found(place(), registry_keys(), plan(), clock_, std::move(options));
    if (!founded) throw std::runtime_error(founded.error().sentence());
    registry_ = std::move(*founded);
  }

  [[nodiscard]] log::RegistryPlace place() { return {*files_, directory_.path()}; }
  [[nodiscard]] crash::MemoryFiles& files() { return *owned_; }
  [[nodiscard]] const Clock& clock() const { return clock_; }
  void stop_clock() { clock_.stand_still(); }
  [[nodiscard]] log::Registry& registry() { return *registry_; }
  [[nodiscard]] crypto::Vkey vkey() const {
    return crypto::make_vkey(kOrigin, key(8).public_key()).value();
  }
  /// Of the log in its files.
  [[nodiscard]] crypto::TreeHead head() {
    return log::LogReader::open(files(), vkey()).value().head();
  }
  [[nodiscard]] std::string registrar() {
    return registry_->state().standing()->charter->registrar;
  }

  void close() { registry_.reset(); }
  Result<void> reopen() {
    registry_.reset();
    COMITY_TRY(registry_,
               log::Registry::open(place(), std::string(kOrigin), registry_keys(), clock_));
    return {};
  }
  void forget_state() { std::filesystem::remove_all(directory_.path() + "/state"); }

  [[nodiscard]] Filer filer() { return {*registry_, clock_}; }

  [[nodiscard]] filing::Claims claims_of(const std::string& filing_party) {
    return filer().claims_of(filing_party);
  }
  Result<log::Registered> file(const std::vector<filing::DraftItem>& items,
                               const std::string& filing_party, const crypto::SecretKey& signer) {
    return filer().file(items, filing_party, signer);
  }
  Result<log::Registered> send(Bytes filing) { return filer().send(std::move(filing)); }
  Result<log::Registered> control(const filing::Control& control,
                                  std::optional<rules::Disclosure> disclosure = std::nullopt) {
    return filer().control(control, registrar(), std::move(disclosure));
  }
  /// Admits party(number), whose key is key(number), by the registrar. Numbers from 10 on.
  Result<log::Registered> admit(int number, rules::Group group = rules::Group::industry) {
    return filer().admit(number, registrar(), group);
  }

 private:
  TemporaryDirectory directory_;
  StepClock clock_;
  std::unique_ptr<crash::MemoryFiles> owned_;
  Files* files_;
  std::unique_ptr<log::Registry> registry_;
};

}  // namespace comity::samples
