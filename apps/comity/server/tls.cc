#include "server/tls.h"

#include <array>
#include <string>

#include <fmt/format.h>
#include <openssl/ssl.h>

namespace comity::server {
namespace {

namespace ssl = boost::asio::ssl;

/// HTTP/1.1 is all that is spoken here (RFC 7301): length, then name.
constexpr std::array<unsigned char, 9> kProtocol{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};

/// For TLS 1.2 none of those that RFC 7540 appendix A lists (TAXII 2.1 section 8.2.2): what is left
/// has keys of its own for each connection, and authenticates what it encrypts.
constexpr const char* kSuites = "ECDHE+AESGCM:ECDHE+CHACHA20";

int select_protocol(SSL* /*ssl*/, const unsigned char** out, unsigned char* out_size,
                    const unsigned char* in, unsigned in_size, void* /*argument*/) {
  unsigned char* chosen = nullptr;
  if (SSL_select_next_proto(&chosen, out_size, kProtocol.data(), kProtocol.size(), in, in_size) !=
      OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_NOACK;
  *out = chosen;
  return SSL_TLSEXT_ERR_OK;
}

}  // namespace

Result<void> TlsContext::load(const std::string& certificate, const std::string& key) {
  auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
  boost::system::error_code error;
  context->use_certificate_chain_file(certificate, error);
  if (error) return fail("Reading the certificate " + certificate + ": " + error.message());
  context->use_private_key_file(key, ssl::context::pem, error);
  if (error) return fail("Reading the certificate's key " + key + ": " + error.message());
  SSL_CTX* native = context->native_handle();
  if (SSL_CTX_check_private_key(native) != 1)
    return fail("The key " + key + " is not that of the certificate " + certificate);
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  if (SSL_CTX_set_cipher_list(native, kSuites) != 1)
    return fail(fmt::format("OpenSSL has none of the cipher suites {}", kSuites));
  SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(native, select_protocol, nullptr);
  const std::scoped_lock lock(mutex_);
  current_ = std::move(context);
  return {};
}

std::shared_ptr<ssl::context> TlsContext::current() const {
  const std::scoped_lock lock(mutex_);
  COMITY_ASSERT(current_ != nullptr);
  return current_;
}

}  // namespace comity::server
