#include <csignal>

#include <sys/resource.h>

#include "disk_file.h"
#include "server/server.h"
#include "server/service.h"
#include "text.h"
#include "token_file.h"
#include "verbs/verbs.h"

namespace comity::cli {
namespace {

struct ServeCommand {
  std::string directory;
  std::string config;
  std::vector<std::string> listen;
  std::string public_url;
  std::string certificate;
  std::string key;
};

constexpr const char* kServeFooter =
    "Serves tiles, segments and receipts, takes filings, and keeps the record up to the log, until "
    "it\n"
    "gets SIGTERM; then it answers what it has begun. One process has a registry open at a time.\n"
    "SIGHUP reads the certificate and the tokens again. What happens is told on standard error, a\n"
    "line of JSON each.\n"
    "Flags win over the configuration file: docs/operating/configuration.md.\n"
    "\n"
    "Examples:\n"
    "  comity serve registry\n"
    "  comity serve registry --listen 127.0.0.1:0 --json\n"
    "  comity serve registry --config /etc/comity/serve.toml";

Result<server::Settings> settings_of(const ServeCommand& command) {
  server::Settings settings;
  if (!command.config.empty()) {
    COMITY_TRY(const Bytes bytes, read_file(command.config, kSmallFileBytes));
    COMITY_TRY(settings, server::parse_settings(as_text(bytes)));
  }
  if (!command.listen.empty()) settings.listen = command.listen;
  if (!command.public_url.empty()) settings.public_url = command.public_url;
  if (!command.certificate.empty()) settings.certificate = command.certificate;
  if (!command.key.empty()) settings.key = command.key;
  COMITY_CHECK(server::check_settings(settings));
  return settings;
}

/// A connection is an open file, and the limit that a process begins with is low.
void raise_file_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  (void)setrlimit(RLIMIT_NOFILE, &limit);
}

/// Its default action would end a start that takes long, because state/ is made anew perhaps. The
/// server listens for it before it reads the files, so that nothing is missed. SIGTERM may end a
/// start at any instant.
void ignore_reloads_until_ready() { std::signal(SIGHUP, SIG_IGN); }

void tell_ready(const server::Server& server, server::Service& service, const Context& context) {
  Facts facts;
  facts.add("origin", service.trust().origin)
      .add("size", counted(service.size(), "entry", "entries"));
  for (const auto& address : server.addresses()) facts.add("address", address);
  context.print({{"event", "ready"},
                 {"origin", service.trust().origin},
                 {"size", service.size()},
                 {"addresses", server.addresses()}},
                "Serving\n" + facts.text());
  std::fflush(stdout);
}

query::ReaderLimits reader_limits(const server::Limits& limits) {
  return {.question_time = limits.question_time,
          .exports = limits.exports,
          .exports_per_client = limits.exports_per_address};
}

Result<Outcome> serve(const ServeCommand& command, Context& context) {
  ignore_reloads_until_ready();
  COMITY_TRY(const auto settings, settings_of(command));
  COMITY_TRY(auto proxies, server::TrustedProxies::parse(settings.proxies));
  raise_file_limit();
  server::Journal journal;
  server::WorkerPool readers(settings.readers, settings.limits.queued_requests);
  server::WorkerPool writers(settings.writers, settings.limits.queued_requests);
  COMITY_TRY(const auto service,
             server::Service::open({.directory = command.directory,
                                    .public_url = settings.public_url,
                                    .contact = settings.contact,
                                    .body_bytes = settings.limits.body_bytes,
                                    .queued_filings = settings.limits.queued_filings,
                                    .readers = reader_limits(settings.limits),
                                    // Half of the threads, so that others are answered.
                                    .waiting_questions = settings.readers / 2},
                                   context, journal, writers));
  server::Environment environment{.settings = settings,
                                  .router = service->router(),
                                  .metrics = service->metrics(),
                                  .journal = journal,
                                  .readers = readers,
                                  .writers = writers,
                                  .proxies = std::move(proxies),
                                  .token_file = token_path(command.directory)};
  server::Server server(environment);
  COMITY_CHECK(server.open());
  tell_ready(server, *service, context);
  journal.write("ready", {{"addresses", server.addresses()}, {"size", service->size()}});
  server.run();
  service->stop_questions();
  // In this order whatever still holds a connection is gone before the server, to which it belongs.
  readers.stop();
  writers.stop();
  const std::uint64_t size = service->size();
  service->close();
  journal.write("stopped", {{"size", size}});
  return Outcome::ok;
}

}  // namespace

void add_serve(Verb app, Context& context) {
  auto options = std::make_shared<ServeCommand>();
  const auto verb = app.add_subcommand("serve", "Serve a registry over HTTP");
  verb.group("A registry");
  verb.footer(kServeFooter);
  add_registry(verb, options->directory);
  add_named(verb, "--config", options->config, "FILE", "Settings in TOML");
  verb.add_option("--listen", options->listen,
                  "Listen there (again for more); port 0 takes any that is free")
      .type_name("ADDRESS:PORT")
      .one_value_each();
  add_named(verb, "--public-url", options->public_url, "URL",
            "Where clients find it, for addresses in answers");
  add_named(verb, "--certificate", options->certificate, "FILE", "Serve TLS with this chain (PEM)");
  add_named(verb, "--tls-key", options->key, "FILE", "The certificate's key (PEM)");
  run_when_named(verb, context, options, serve);
}

}  // namespace comity::cli
