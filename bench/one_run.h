#pragma once

#include <string>

#include <benchmark/benchmark.h>

/// For programs whose benchmarks are named at run time and measure their own time.
namespace comity::bench {

/// Registers it, to be run once, its time in milliseconds set by itself.
template <class Run>
benchmark::internal::Benchmark* register_one_run(const std::string& name, Run run) {
  return benchmark::RegisterBenchmark(name.c_str(), run)
      ->Iterations(1)
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond);
}

/// Runs what is registered; the program's exit code.
inline int run_registered(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

}  // namespace comity::bench
