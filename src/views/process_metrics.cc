#include <chrono>
#include <filesystem>
#include <fstream>

#include <sys/resource.h>
#include <unistd.h>

#include "views/metrics.h"

namespace comity::views {
namespace {

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double cpu_seconds() {
  rusage usage{};
  if (getrusage(RUSAGE_SELF, &usage) != 0) return 0;
  return seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
}

/// The second number of /proc/self/statm: pages that are in memory.
double resident_bytes() {
  std::ifstream file("/proc/self/statm");
  double whole = 0;
  double resident = 0;
  file >> whole >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double open_files() {
  std::error_code error;
  std::filesystem::directory_iterator it("/proc/self/fd", error);
  if (error) return 0;
  double count = 0;
  for (const auto end = std::filesystem::end(it); !error && it != end; it.increment(error)) ++count;
  return count - 1;  // the one that reads this
}

}  // namespace

void add_process_metrics(Metrics& metrics) {
  const double start =
      std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
  metrics.add_counter("process_cpu_seconds_total", "CPU time spent, user and system.", cpu_seconds);
  metrics.add_gauge("process_resident_memory_bytes", "Memory in use.", resident_bytes);
  metrics.add_gauge("process_open_fds", "Open file descriptors.", open_files);
  metrics.add_gauge("process_start_time_seconds", "When the process began, in Unix time.",
                    [start] { return start; });
}

}  // namespace comity::views
