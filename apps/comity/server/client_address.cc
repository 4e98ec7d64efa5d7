#include "server/client_address.h"

#include <algorithm>
#include <charconv>
#include <ranges>

namespace comity::server {
namespace {

namespace ip = boost::asio::ip;

ip::address_v6 mapped(const ip::address& address) {
  return address.is_v6() ? address.to_v6() : ip::make_address_v6(ip::v4_mapped, address.to_v4());
}

/// A mapped IPv4 address as the one that it is.
ip::address plain(const ip::address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    return ip::make_address_v4(ip::v4_mapped, address.to_v6());
  return address;
}

bool share(const ip::address_v6::bytes_type& a, const ip::address_v6::bytes_type& b,
           unsigned bits) {
  for (unsigned i = 0; i < bits; ++i) {
    const unsigned mask = 0x80U >> (i % 8);
    if ((a[i / 8] & mask) != (b[i / 8] & mask)) return false;
  }
  return true;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// "192.0.2.43", "192.0.2.43:47011", "[2001:db8::1]:4711", perhaps in quotes.
std::optional<ip::address> parse_node(std::string_view text) {
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
    text = text.substr(1, text.size() - 2);
  if (text.starts_with('[')) {
    text = text.substr(1, std::min(text.find(']'), text.size()) - 1);
  } else {
    text = text.substr(0, text.find(':'));
  }
  boost::system::error_code error;
  const auto address = ip::make_address(std::string(text), error);
  return error ? std::nullopt : std::optional(plain(address));
}

/// Where the separator is that stands in no quoted-string (RFC 9110 section 5.6.4), or the size
/// where there is none; npos where a quote is never closed.
std::size_t end_of(std::string_view text, char separator) {
  bool is_quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"')
      is_quoted = !is_quoted;
    else if (is_quoted && text[i] == '\\')
      ++i;
    else if (!is_quoted && text[i] == separator)
      return i;
  }
  return is_quoted ? std::string_view::npos : text.size();
}

std::vector<std::string_view> split_unquoted(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = std::min(end_of(text, separator), text.size());
    parts.push_back(text.substr(0, end));
    if (end == text.size()) return parts;
    text.remove_prefix(end + 1);
  }
}

bool is_for(std::string_view name) {
  return name.size() == 3 && (name[0] | 0x20) == 'f' && (name[1] | 0x20) == 'o' &&
         (name[2] | 0x20) == 'r';
}

}  // namespace

Result<TrustedProxies> TrustedProxies::parse(const std::vector<std::string>& texts) {
  TrustedProxies proxies;
  for (const std::string& text : texts) {
    const std::size_t slash = std::min(text.find('/'), text.size());
    boost::system::error_code error;
    const auto address = ip::make_address(text.substr(0, slash), error);
    unsigned bits = address.is_v4() ? 32 : 128;
    bool good = !error;
    if (slash < text.size()) {
      const char* first = text.data() + slash + 1;
      const char* last = text.data() + text.size();
      unsigned given = 0;
      const auto [end, fault] = std::from_chars(first, last, given);
      good = good && fault == std::errc{} && end == last && given <= bits;
      bits = given;
    }
    if (!good)
      return refuse("config-malformed",
                    "The configuration: proxy.trusted has " + text +
                        ", which is no address and no network; write it like 10.0.0.0/8.");
    proxies.networks_.push_back({mapped(address), address.is_v4() ? bits + 96 : bits});
  }
  return proxies;
}

bool TrustedProxies::contains(const ip::address& address) const {
  const auto bytes = mapped(address).to_bytes();
  return std::ranges::any_of(networks_, [&](const Network& network) {
    return share(bytes, network.address.to_bytes(), network.bits);
  });
}

ip::address TrustedProxies::client_of(const ip::address& peer,
                                      const std::vector<std::string_view>& forwarded) const {
  ip::address client = plain(peer);
  for (const std::string_view field : std::views::reverse(forwarded)) {
    const auto addresses = forwarded_for(field);
    for (const auto& address : std::views::reverse(addresses)) {
      if (!contains(client) || !address) return client;
      client = *address;
    }
  }
  return client;
}

std::vector<std::optional<ip::address>> forwarded_for(std::string_view field) {
  std::vector<std::optional<ip::address>> addresses;
  for (const std::string_view element : split_unquoted(field, ',')) {
    std::optional<ip::address> found;
    for (const std::string_view pair : split_unquoted(element, ';')) {
      const std::string_view text = trimmed(pair);
      const std::size_t equals = std::min(text.find('='), text.size());
      if (equals < text.size() && is_for(text.substr(0, equals)))
        found = parse_node(text.substr(equals + 1));
    }
    // Where a quote is never closed, nobody knows what was meant to stand in it.
    const bool is_closed = end_of(element, ',') != std::string_view::npos;
    addresses.push_back(is_closed ? found : std::nullopt);
  }
  return addresses;
}

std::string limit_key(const ip::address& address) {
  const ip::address client = plain(address);
  if (client.is_v4()) return client.to_string();
  auto bytes = client.to_v6().to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
  return ip::address_v6(bytes).to_string() + "/64";
}

}  // namespace comity::server
