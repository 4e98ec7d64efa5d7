#include "server/client_address.h"

#include <gtest/gtest.h>

namespace comity::server {
namespace {

using boost::asio::ip::make_address;

std::string client(std::vector<std::string> proxies, const char* peer,
                   std::vector<std::string_view> forwarded) {
  return TrustedProxies::parse(proxies)
      .value()
      .client_of(make_address(peer), forwarded)
      .to_string();
}

TEST(ClientAddress, IsThePeersUnlessItIsAProxy) {
  EXPECT_EQ(client({}, "192.0.2.1", {"for=198.51.100.9"}), "192.0.2.1");
  EXPECT_EQ(client({"192.0.2.0/24"}, "192.0.2.1", {"for=198.51.100.9"}), "198.51.100.9");
  EXPECT_EQ(client({"192.0.2.1"}, "192.0.2.2", {"for=198.51.100.9"}), "192.0.2.2");
  EXPECT_EQ(client({"192.0.2.1"}, "::ffff:192.0.2.1", {"for=198.51.100.9"}), "198.51.100.9");
  EXPECT_EQ(client({"fd00::/8"}, "fd12::1", {R"(for="[2001:db8::7]:4711")"}), "2001:db8::7");
  EXPECT_EQ(client({"192.0.2.1"}, "192.0.2.1", {}), "192.0.2.1");
}

TEST(ClientAddress, IsTheLastThatNoProxyOfOursSaid) {
  const std::vector<std::string> ours{"192.0.2.0/24"};
  // Whatever the client wrote itself stands before what our proxies added.
  EXPECT_EQ(client(ours, "192.0.2.1", {"for=9.9.9.9, for=198.51.100.9"}), "198.51.100.9");
  EXPECT_EQ(client(ours, "192.0.2.1", {"for=9.9.9.9", "for=198.51.100.9, for=192.0.2.7"}),
            "198.51.100.9");
  EXPECT_EQ(client(ours, "192.0.2.1", {"for=192.0.2.9"}), "192.0.2.9");
  // What can't be read ends the search.
  EXPECT_EQ(client(ours, "192.0.2.1", {"for=9.9.9.9, for=unknown"}), "192.0.2.1");
  EXPECT_EQ(client(ours, "192.0.2.1", {"for=9.9.9.9, for=_hidden, for=192.0.2.7"}), "192.0.2.7");
  EXPECT_EQ(client(ours, "192.0.2.1", {""}), "192.0.2.1");
}

TEST(ClientAddress, ForwardedIsReadAsItsGrammarHasIt) {
  const auto read = [](std::string_view field) {
    std::string text;
    for (const auto& address : forwarded_for(field))
      text += (address ? address->to_string() : "-") + " ";
    return text;
  };
  EXPECT_EQ(read("For=192.0.2.1;proto=https;by=203.0.113.43"), "192.0.2.1 ");
  EXPECT_EQ(read("proto=http ; FOR=\"192.0.2.1:80\" , by=1.1.1.1"), "192.0.2.1 - ");
  EXPECT_EQ(read("for=\"[2001:db8::1]\""), "2001:db8::1 ");
  // Separators in a quoted-string are none.
  EXPECT_EQ(read(R"(for=192.0.2.1;ext="a, for=9.9.9.9;for=8.8.8.8")"), "192.0.2.1 ");
  EXPECT_EQ(read(R"(ext="\", for=9.9.9.9", for=192.0.2.1)"), "- 192.0.2.1 ");
  EXPECT_EQ(read(R"(ext="\\", for=192.0.2.1)"), "- 192.0.2.1 ");
  EXPECT_EQ(read(R"(for=192.0.2.1, for=192.0.2.2;ext="x, for=9.9.9.9)"), "192.0.2.1 - ");
  EXPECT_EQ(read(R"(for=192.0.2.1;ext="\")"), "- ");
  for (const char* bad : {"for=", "for", "for=\"", "for=[", "for=[]", "for=999.1.1.1", "=", ";;"})
    EXPECT_EQ(read(bad), "- ") << bad;
}

TEST(ClientAddress, NetworksAreCheckedWhenTheyAreRead) {
  for (const char* bad :
       {"", "x", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "fd00::/129", "/8", "10.0.0.0/8x"})
    EXPECT_FALSE(TrustedProxies::parse({bad})) << bad;
}

TEST(ClientAddress, LimitsCountNetworksOfIpv6) {
  EXPECT_EQ(limit_key(make_address("192.0.2.1")), "192.0.2.1");
  EXPECT_EQ(limit_key(make_address("::ffff:192.0.2.1")), "192.0.2.1");
  EXPECT_EQ(limit_key(make_address("2001:db8:1:2:3:4:5:6")), "2001:db8:1:2::/64");
}

}  // namespace
}  // namespace comity::server
