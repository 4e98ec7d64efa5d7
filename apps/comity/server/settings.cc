#include "server/settings.h"

#include <algorithm>
#include <limits>
#include <set>

#include <fmt/format.h>
#include <toml++/toml.h>

namespace comity::server {
namespace {

constexpr unsigned kThreads = 64;

std::unexpected<Error> malformed_settings(const std::string& what) {
  return refuse("config-malformed",
                "The configuration: " + what + "; see docs/operating/configuration.md.");
}

/// One table of the file: values are taken by name, and what is left was never heard of.
class Table {
 public:
  Table(const toml::table* table, std::string name) : table_(table), name_(std::move(name)) {}

  void take(std::string_view key, std::string& value) {
    with(key, [&](const toml::node& node) {
      const auto text = node.value_exact<std::string>();
      if (text) value = *text;
      return text.has_value();
    });
  }
  void take(std::string_view key, bool& value) {
    with(key, [&](const toml::node& node) {
      const auto found = node.value_exact<bool>();
      if (found) value = *found;
      return found.has_value();
    });
  }
  void take(std::string_view key, double& value) {
    with(key, [&](const toml::node& node) {
      const auto found = node.value<double>();
      if (found && *found >= 0) value = *found;
      return found && *found >= 0;
    });
  }
  template <class Integer>
    requires std::is_unsigned_v<Integer>
  void take(std::string_view key, Integer& value) {
    with(key, [&](const toml::node& node) {
      const auto found = node.value_exact<std::int64_t>();
      constexpr auto kMost = static_cast<std::int64_t>(
          std::min<std::uint64_t>(std::numeric_limits<Integer>::max(), std::uint64_t{1} << 40));
      if (!found || *found < 1 || *found > kMost) return false;
      value = static_cast<Integer>(*found);
      return true;
    });
  }
  void take(std::string_view key, seconds& value) {
    unsigned count = static_cast<unsigned>(value.count());
    take(key, count);
    value = seconds(count);
  }
  void take(std::string_view key, std::vector<std::string>& value) {
    with(key, [&](const toml::node& node) {
      const toml::array* array = node.as_array();
      if (array == nullptr) return false;
      std::vector<std::string> texts;
      for (const toml::node& element : *array) {
        const auto text = element.value_exact<std::string>();
        if (!text) return false;
        texts.push_back(*text);
      }
      value = std::move(texts);
      return true;
    });
  }
  Table table(std::string_view key) {
    const toml::table* found = nullptr;
    with(key, [&](const toml::node& node) {
      found = node.as_table();
      return found != nullptr;
    });
    return {found, std::string(key) + "."};
  }

  /// The first thing that was wrong, or a key that nobody has taken.
  [[nodiscard]] Result<void> end() const {
    if (!wrong_.empty()) return malformed_settings(wrong_);
    if (table_ == nullptr) return {};
    for (const auto& [key, node] : *table_)
      if (!taken_.contains(key.str()))
        return malformed_settings(fmt::format("line {} has {}{}, which there is not",
                                              node.source().begin.line, name_, key.str()));
    return {};
  }

 private:
  template <class Take>
  void with(std::string_view key, const Take& take) {
    taken_.insert(std::string(key));
    const toml::node* node = table_ == nullptr ? nullptr : table_->get(key);
    if (node == nullptr || take(*node) || !wrong_.empty()) return;
    wrong_ = fmt::format("line {} has {}{} of another kind or out of bounds",
                         node->source().begin.line, name_, key);
  }

  const toml::table* table_;
  std::string name_;
  std::set<std::string, std::less<>> taken_;
  std::string wrong_;
};

Result<void> read_limits(Table table, Limits& limits) {
  table.take("connections", limits.connections);
  table.take("connections_per_address", limits.connections_per_address);
  table.take("header_bytes", limits.header_bytes);
  table.take("header_fields", limits.header_fields);
  table.take("body_bytes", limits.body_bytes);
  table.take("body_bytes_in_flight", limits.body_bytes_in_flight);
  table.take("body_bytes_per_address", limits.body_bytes_per_address);
  table.take("queued_requests", limits.queued_requests);
  table.take("queued_filings", limits.queued_filings);
  table.take("tls_seconds", limits.tls_time);
  table.take("header_seconds", limits.header_time);
  table.take("body_seconds", limits.body_time);
  table.take("idle_seconds", limits.idle_time);
  table.take("write_seconds", limits.write_time);
  table.take("response_seconds", limits.response_time);
  table.take("exports", limits.exports);
  table.take("exports_per_address", limits.exports_per_address);
  table.take("question_seconds", limits.question_time);
  table.take("requests_per_second", limits.requests_per_second);
  table.take("burst", limits.burst);
  table.take("token_requests_per_second", limits.token_requests_per_second);
  table.take("token_burst", limits.token_burst);
  return table.end();
}

Result<void> check_limits(const Limits& limits) {
  if (limits.header_bytes > kMostHeaderBytes)
    return malformed_settings(fmt::format("limits.header_bytes is at most {}", kMostHeaderBytes));
  if (limits.burst < 1)
    return malformed_settings("limits.burst is at least 1, or no request would ever be answered");
  if (limits.token_burst < 1)
    return malformed_settings("limits.token_burst is at least 1, or no token would ever be of use");
  if (limits.body_bytes >= std::min(limits.body_bytes_per_address, limits.body_bytes_in_flight))
    return malformed_settings(
        "limits.body_bytes is less than body_bytes_per_address and body_bytes_in_flight, or a body "
        "of that size would never be read");
  return {};
}

}  // namespace

Result<Settings> parse_settings(std::string_view toml, Settings settings) {
  toml::table root;
  try {
    root = toml::parse(toml);
  } catch (const toml::parse_error& error) {
    return malformed_settings(
        fmt::format("line {} is no TOML ({})", error.source().begin.line, error.description()));
  }
  Table table(&root, "");
  table.take("listen", settings.listen);
  table.take("public_url", settings.public_url);
  table.take("contact", settings.contact);
  table.take("drain_seconds", settings.drain_time);
  table.take("journal_requests", settings.journal_requests);
  Table tls = table.table("tls");
  tls.take("certificate", settings.certificate);
  tls.take("key", settings.key);
  Table proxy = table.table("proxy");
  proxy.take("trusted", settings.proxies);
  Table threads = table.table("threads");
  threads.take("io", settings.io_threads);
  threads.take("readers", settings.readers);
  threads.take("writers", settings.writers);
  COMITY_CHECK(read_limits(table.table("limits"), settings.limits));
  for (const Table* each : {&tls, &proxy, &threads, &table}) COMITY_CHECK(each->end());
  return settings;
}

Result<void> check_settings(const Settings& settings) {
  if (settings.listen.empty()) return malformed_settings("listen names no address");
  if (std::max({settings.io_threads, settings.readers, settings.writers}) > kThreads)
    return malformed_settings("threads are at most 64 of a kind");
  if (settings.certificate.empty() != settings.key.empty())
    return malformed_settings("a certificate and its key go together");
  const std::string& url = settings.public_url;
  if (!url.empty() && !url.starts_with("https://") && !url.starts_with("http://"))
    return malformed_settings("public_url begins with https:// or http://");
  if (url.ends_with('/')) return malformed_settings("public_url ends without a slash");
  return check_limits(settings.limits);
}

}  // namespace comity::server
