#include "server/settings.h"

#include <fstream>

#include <gtest/gtest.h>

namespace comity::server {
namespace {

/// The configuration that docs/operating/configuration.md shows, which is indented.
std::string documented() {
  std::ifstream page(COMITY_SOURCE_DIR "/docs/operating/configuration.md");
  std::string toml;
  for (std::string line; std::getline(page, line);)
    if (line.starts_with("    ")) toml.append(line).append("\n");
  return toml;
}

void change(std::string& value) { value += "other"; }
void change(std::vector<std::string>& value) { value.emplace_back("other"); }
void change(bool& value) { value = !value; }
void change(seconds& value) { ++value; }
template <class Number>
  requires std::is_arithmetic_v<Number>
void change(Number& value) {
  ++value;
}
void change(Limits& limits);
void change_all(auto&... values) { (change(values), ...); }
void change(Limits& limits) {
  auto& [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v] = limits;
  change_all(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v);
}

/// None of them as it is by default. Does not compile where one is forgotten.
Settings all_other() {
  Settings settings;
  auto& [a, b, c, d, e, f, g, h, i, j, k, l] = settings;
  change_all(a, b, c, d, e, f, g, h, i, j, k, l);
  return settings;
}

TEST(Settings, AreDocumentedWithTheirDefaults) {
  const auto settings = parse_settings(documented());
  ASSERT_TRUE(settings) << settings.error().sentence();
  EXPECT_EQ(*settings, Settings{});
  // What the page does not name would stay as it was.
  const auto changed = parse_settings(documented(), all_other());
  ASSERT_TRUE(changed) << changed.error().sentence();
  EXPECT_EQ(*changed, Settings{});
}

TEST(Settings, AreReadOverTheDefaults) {
  const auto settings = parse_settings(R"(
    listen = ["[::1]:1", "127.0.0.1:2"]
    contact = "Registrar, registrar@example.org"
    drain_seconds = 5
    journal_requests = true
    [tls]
    certificate = "a.pem"
    key = "a.key"
    [proxy]
    trusted = ["10.0.0.0/8"]
    [threads]
    writers = 3
    [limits]
    connections = 10
    queued_filings = 9
    requests_per_second = 0
    burst = 2.5
    token_requests_per_second = 7
    token_burst = 1.5
    header_seconds = 3
  )");
  ASSERT_TRUE(settings) << settings.error().sentence();
  EXPECT_EQ(settings->listen.size(), 2U);
  EXPECT_EQ(settings->contact, "Registrar, registrar@example.org");
  EXPECT_EQ(settings->drain_time, seconds(5));
  EXPECT_TRUE(settings->journal_requests && settings->tls());
  EXPECT_EQ(settings->proxies, std::vector<std::string>{"10.0.0.0/8"});
  EXPECT_EQ(settings->writers, 3U);
  EXPECT_EQ(settings->readers, Settings{}.readers);
  EXPECT_EQ(settings->limits.connections, 10U);
  EXPECT_EQ(settings->limits.queued_filings, 9U);
  EXPECT_EQ(settings->limits.requests_per_second, 0);
  EXPECT_EQ(settings->limits.burst, 2.5);
  EXPECT_EQ(settings->limits.token_requests_per_second, 7);
  EXPECT_EQ(settings->limits.token_burst, 1.5);
  EXPECT_EQ(settings->limits.header_time, seconds(3));
  EXPECT_TRUE(check_settings(*settings));
  EXPECT_TRUE(parse_settings(""));
}

TEST(Settings, NameTheLineThatIsWrong) {
  const auto sentence = [](std::string_view toml) {
    const auto settings = parse_settings(toml);
    EXPECT_FALSE(settings) << toml;
    return settings ? std::string{} : settings.error().sentence();
  };
  EXPECT_NE(sentence("\n[limits]\nburst = 'x'").find("line 3 has limits.burst"), std::string::npos);
  EXPECT_NE(sentence("\nlisten = [5]").find("line 2 has listen"), std::string::npos);
  EXPECT_NE(sentence("[limits]\nbrust = 1").find("line 2 has limits.brust"), std::string::npos);
  EXPECT_NE(sentence("a = 1\n").find("line 1 has a"), std::string::npos);
  EXPECT_NE(sentence("a = = 1").find("line 1 is no TOML"), std::string::npos);
  EXPECT_NE(sentence("tls = 5").find("line 1 has tls"), std::string::npos);
  for (const char* bad :
       {"[limits]\nconnections = 0", "[limits]\nconnections = -1",
        "[limits]\nconnections = 99999999999999", "[limits]\nburst = -1.0", "drain_seconds = 1.5",
        "public_url = 1", "contact = 1", "journal_requests = 1"})
    EXPECT_FALSE(parse_settings(bad)) << bad;
}

TEST(Settings, MustFitTogether) {
  const auto refused = [](const auto& change) {
    Settings settings;
    change(settings);
    return !check_settings(settings);
  };
  EXPECT_TRUE(refused([](Settings& it) { it.certificate = "a"; }));
  EXPECT_TRUE(refused([](Settings& it) { it.key = "a"; }));
  EXPECT_TRUE(refused([](Settings& it) { it.listen.clear(); }));
  EXPECT_TRUE(refused([](Settings& it) { it.public_url = "example.org"; }));
  EXPECT_TRUE(refused([](Settings& it) { it.public_url = "https://example.org/"; }));
  EXPECT_TRUE(refused([](Settings& it) { it.readers = 65; }));
  EXPECT_TRUE(refused([](Settings& it) { it.limits.header_bytes = kMostHeaderBytes + 1; }));
  EXPECT_TRUE(refused([](Settings& it) { it.limits.header_bytes = std::size_t{1} << 32; }));
  EXPECT_TRUE(refused([](Settings& it) { it.limits.burst = 0.9; }));
  EXPECT_TRUE(refused([](Settings& it) { it.limits.token_burst = 0.9; }));
  EXPECT_TRUE(refused([](Settings& it) { it.limits.body_bytes = it.limits.body_bytes_in_flight; }));
  EXPECT_TRUE(
      refused([](Settings& it) { it.limits.body_bytes = it.limits.body_bytes_per_address; }));
  EXPECT_FALSE(refused([](Settings& it) {
    it.limits.header_bytes = kMostHeaderBytes;
    it.limits.burst = 1;
  }));
}

}  // namespace
}  // namespace comity::server
