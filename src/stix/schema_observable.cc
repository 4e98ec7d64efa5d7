#include "stix/schema_types.h"

// The cyber-observable objects (SCO) of section 6, in the specification's order. Which properties
// their deterministic ids are made of stands in deterministic_id.cc.

namespace comity::stix {
namespace {

constexpr std::int64_t kPortHighest = 65535;

constexpr Targets kAutonomousSystemOnly = types({"autonomous-system"}, "an autonomous system");
constexpr Targets kDirectoryOnly = types({"directory"}, "a directory");
constexpr Targets kEmailAddressOnly = types({"email-addr"}, "an email address");
constexpr Targets kEndpoint = types({"ipv4-addr", "ipv6-addr", "mac-addr", "domain-name"},
                                    "an IPv4, IPv6 or MAC address or a domain name");
constexpr Targets kFileOrArtifact = types({"artifact", "file"}, "an artifact or a file");
constexpr Targets kMacAddressOnly = types({"mac-addr"}, "a MAC address");
constexpr Targets kNetworkTrafficOnly = types({"network-traffic"}, "network traffic");
constexpr Targets kProcessOnly = types({"process"}, "a process");
constexpr Targets kResolved =
    types({"ipv4-addr", "ipv6-addr", "domain-name"}, "an IPv4 or IPv6 address or a domain name");
constexpr Targets kUserAccountOnly = types({"user-account"}, "a user account");

constexpr Property kArtifactProperties[] = {
    may("mime_type", text(Format::media_type)),
    may("payload_bin", binary()),
    may("url", text()),
    may("hashes", hashes()),
    may("encryption_algorithm", one_of(kEncryptionAlgorithm)),
    may("decryption_key", text()),
};
constexpr Rule kArtifactRules[] = {
    {Relation::at_least_one,
     {"payload_bin", "url"},
     "6.1",
     "An artifact must have a `payload_bin` or a `url`."},
    {Relation::not_both,
     {"payload_bin", "url"},
     "6.1.1",
     "An artifact must not have both a `payload_bin` and a `url`; drop one."},
    needs("url", "hashes", "6.1.1", "A `url` needs the `hashes` of what it leads to."),
    needs("decryption_key", "encryption_algorithm", "6.1.1",
          "A `decryption_key` needs the `encryption_algorithm` that it is for."),
    {Relation::fits_unless_defanged, {"url"}, "6.1.1", "", Format::url},
};

constexpr Property kAutonomousSystemProperties[] = {
    must("number", integer()),
    may("name", text()),
    may("rir", text()),
};

constexpr Property kDirectoryProperties[] = {
    must("path", text()), may("path_enc", text(Format::character_set)),
    may("ctime", time()), may("mtime", time()),
    may("atime", time()), may("contains_refs", list(ref(kFileOrDirectory))),
};

constexpr Property kDomainNameProperties[] = {
    must("value", text()),
    may("resolves_to_refs", list(ref(kResolved))),
};
constexpr Rule kDomainNameRules[] = {
    {Relation::fits_unless_defanged, {"value"}, "6.4.1", "", Format::domain_name},
};

constexpr Property kEmailAddressProperties[] = {
    must("value", text()),
    may("display_name", text()),
    may("belongs_to_ref", ref(kUserAccountOnly)),
};
constexpr Rule kEmailAddressRules[] = {
    {Relation::fits_unless_defanged, {"value"}, "6.5.1", "", Format::email},
};

// Section 6.6.2.
constexpr Property kMimePartProperties[] = {
    may("body", text()),
    may("body_raw_ref", ref(kFileOrArtifact)),
    may("content_type", text()),
    may("content_disposition", text()),
};
constexpr Rule kMimePartRules[] = {
    {Relation::at_least_one,
     {"body", "body_raw_ref"},
     "6.6.2",
     "A part of a message must have a `body` or a `body_raw_ref`."},
};
constexpr Type kMimePart{"email-mime-part-type", Family::part, "6.6.2.1", kMimePartProperties,
                         kMimePartRules};

constexpr Property kEmailMessageProperties[] = {
    must("is_multipart", boolean()),
    may("date", time()),
    may("content_type", text()),
    may("from_ref", ref(kEmailAddressOnly)),
    may("sender_ref", ref(kEmailAddressOnly)),
    may("to_refs", list(ref(kEmailAddressOnly))),
    may("cc_refs", list(ref(kEmailAddressOnly))),
    may("bcc_refs", list(ref(kEmailAddressOnly))),
    may("message_id", text()),
    may("subject", text(Format::decoded_header)),
    may("received_lines", list(text())),
    may("additional_header_fields", dictionary(Entries::text_list)),
    may("body", text()),
    may("body_multipart", list(part(kMimePart))),
    may("raw_email_ref", ref(kArtifactOnly)),
};
constexpr Rule kEmailMessageRules[] = {
    {Relation::not_if_true,
     {"is_multipart", "body"},
     "6.6.1",
     "A message that is multipart has `body_multipart`, no `body`."},
    {Relation::not_if_false,
     {"is_multipart", "body_multipart"},
     "6.6.1",
     "A message that is not multipart has a `body`, no `body_multipart`."},
};

constexpr KnownExtension kFileExtensions[] = {
    {"ntfs-ext", &kNtfsExtension},
    {"raster-image-ext", &kRasterImageExtension},
    {"pdf-ext", &kPdfExtension},
    {"archive-ext", &kArchiveExtension},
    {"windows-pebinary-ext", &kWindowsPeExtension},
};
constexpr Property kFileProperties[] = {
    may("hashes", hashes()),
    may("size", integer(0)),
    may("name", text()),
    may("name_enc", text(Format::character_set)),
    may("magic_number_hex", hex()),
    may("mime_type", text(Format::media_type)),
    may("ctime", time()),
    may("mtime", time()),
    may("atime", time()),
    may("parent_directory_ref", ref(kDirectoryOnly)),
    may("contains_refs", list(ref(kObservable))),
    may("content_ref", ref(kArtifactOnly)),
};
constexpr Rule kFileRules[] = {
    {Relation::at_least_one, {"hashes", "name"}, "6.7", "A file must have `hashes` or a `name`."},
    needs("name_enc", "name", "3.1", "A `name_enc` needs the `name` that it is the encoding of."),
};

// Sections 6.8 and 6.9 have the same rows but for the address.
constexpr Property kIpAddressProperties[] = {
    must("value", text()),
    may("resolves_to_refs", list(ref(kMacAddressOnly))),
    may("belongs_to_refs", list(ref(kAutonomousSystemOnly))),
};
constexpr Rule kIpv4AddressRules[] = {
    {Relation::fits_unless_defanged, {"value"}, "6.8.1", "", Format::ipv4},
};
constexpr Rule kIpv6AddressRules[] = {
    {Relation::fits_unless_defanged, {"value"}, "6.9.1", "", Format::ipv6},
};

constexpr Property kMacAddressProperties[] = {must("value", text())};
constexpr Rule kMacAddressRules[] = {
    {Relation::fits_unless_defanged, {"value"}, "6.10.1", "", Format::mac},
};

constexpr Property kMutexProperties[] = {must("name", text())};

constexpr KnownExtension kNetworkTrafficExtensions[] = {
    {"http-request-ext", &kHttpRequestExtension},
    {"tcp-ext", &kTcpExtension},
    {"icmp-ext", &kIcmpExtension},
    {"socket-ext", &kSocketExtension},
};
constexpr Property kNetworkTrafficProperties[] = {
    may("start", time()),
    may("end", time()),
    may("is_active", boolean()),
    may("src_ref", ref(kEndpoint)),
    may("dst_ref", ref(kEndpoint)),
    should("src_port", integer(0, kPortHighest)),
    should("dst_port", integer(0, kPortHighest)),
    must("protocols", list(text(Format::protocol))),
    may("src_byte_count", integer(0)),
    may("dst_byte_count", integer(0)),
    may("src_packets", integer(0)),
    may("dst_packets", integer(0)),
    may("ipfix", dictionary(Entries::integer_or_text)),
    may("src_payload_ref", ref(kArtifactOnly)),
    may("dst_payload_ref", ref(kArtifactOnly)),
    may("encapsulates_refs", list(ref(kNetworkTrafficOnly))),
    may("encapsulated_by_ref", ref(kNetworkTrafficOnly)),
};
constexpr Rule kNetworkTrafficRules[] = {
    {Relation::at_least_one,
     {"src_ref", "dst_ref"},
     "6.12",
     "Network traffic must have a `src_ref` or a `dst_ref`."},
    {Relation::not_if_true,
     {"is_active", "end"},
     "6.12.1",
     "Traffic that is still active has no `end`; drop it or set `is_active` to false."},
    not_earlier("end", "start", "6.12.1"),
};

constexpr KnownExtension kProcessExtensions[] = {
    {"windows-process-ext", &kWindowsProcessExtension},
    {"windows-service-ext", &kWindowsServiceExtension},
};
constexpr Property kProcessProperties[] = {
    may("is_hidden", boolean()),
    may("pid", integer()),
    may("created_time", time()),
    may("cwd", text()),
    may("command_line", text()),
    may("environment_variables", dictionary(Entries::text)),
    may("opened_connection_refs", list(ref(kNetworkTrafficOnly))),
    may("creator_user_ref", ref(kUserAccountOnly)),
    may("image_ref", ref(kFileOnly)),
    may("parent_ref", ref(kProcessOnly)),
    may("child_refs", list(ref(kProcessOnly))),
};
constexpr Rule kProcessRules[] = {
    {Relation::at_least_one_own,
     {"extensions"},
     "6.13",
     "A process must have at least one property of its own, or an extension."},
};

constexpr Property kSoftwareProperties[] = {
    must("name", text()),  may("cpe", text(Format::cpe)),
    may("swid", text()),   may("languages", list(text(Format::language))),
    may("vendor", text()), may("version", text()),
};

constexpr Property kUrlProperties[] = {must("value", text())};
constexpr Rule kUrlRules[] = {
    {Relation::fits_unless_defanged, {"value"}, "6.15.1", "", Format::url},
};

constexpr KnownExtension kUserAccountExtensions[] = {
    {"unix-account-ext", &kUnixAccountExtension},
};
constexpr Property kUserAccountProperties[] = {
    may("user_id", text()),
    may("credential", text()),
    may("account_login", text()),
    may("account_type", word(kAccountType)),
    may("display_name", text()),
    may("is_service_account", boolean()),
    may("is_privileged", boolean()),
    may("can_escalate_privs", boolean()),
    may("is_disabled", boolean()),
    may("account_created", time()),
    may("account_expires", time()),
    may("credential_last_changed", time()),
    may("account_first_login", time()),
    may("account_last_login", time()),
};
constexpr Rule kUserAccountRules[] = {
    {Relation::at_least_one_own,
     {"extensions"},
     "6.16",
     "A user account must have at least one property of its own."},
};

// Section 6.17.2.
constexpr Property kRegistryValueProperties[] = {
    may("name", text()),
    may("data", text()),
    may("data_type", one_of(kRegistryDatatype)),
};
constexpr Rule kRegistryValueRules[] = {
    {Relation::at_least_one,
     {"name", "data", "data_type"},
     "6.17.2",
     "A registry value must have a `name`, `data` or a `data_type`."},
};
constexpr Type kRegistryValue{"windows-registry-value-type", Family::part, "6.17.2.1",
                              kRegistryValueProperties, kRegistryValueRules};

constexpr Property kWindowsRegistryKeyProperties[] = {
    may("key", text(Format::registry_key)), may("values", list(part(kRegistryValue))),
    may("modified_time", time()),           may("creator_user_ref", ref(kUserAccountOnly)),
    may("number_of_subkeys", integer()),
};
constexpr Rule kWindowsRegistryKeyRules[] = {
    {Relation::at_least_one_own,
     {},
     "6.17",
     "A registry key must have at least one property of its own."},
};

// Section 6.18.2.
constexpr Property kX509ExtensionsProperties[] = {
    may("basic_constraints", text()),
    may("name_constraints", text()),
    may("policy_constraints", text()),
    may("key_usage", text()),
    may("extended_key_usage", text()),
    may("subject_key_identifier", text()),
    may("authority_key_identifier", text()),
    may("subject_alternative_name", text()),
    may("issuer_alternative_name", text()),
    may("subject_directory_attributes", text()),
    may("crl_distribution_points", text()),
    may("inhibit_any_policy", text()),
    may("private_key_usage_period_not_before", time()),
    may("private_key_usage_period_not_after", time()),
    may("certificate_policies", text()),
    may("policy_mappings", text()),
};
constexpr Rule kX509ExtensionsRules[] = {
    {Relation::at_least_one_own,
     {},
     "6.18.2",
     "X.509 v3 extensions must have at least one property; leave them out instead."},
};
constexpr Type kX509Extensions{"x509-v3-extensions-type", Family::part, "6.18.2.1",
                               kX509ExtensionsProperties, kX509ExtensionsRules};

constexpr Property kX509CertificateProperties[] = {
    may("is_self_signed", boolean()),
    may("hashes", hashes()),
    may("version", text()),
    may("serial_number", text()),
    may("signature_algorithm", text()),
    may("issuer", text()),
    may("validity_not_before", time()),
    may("validity_not_after", time()),
    may("subject", text()),
    may("subject_public_key_algorithm", text()),
    may("subject_public_key_modulus", text()),
    may("subject_public_key_exponent", integer()),
    may("x509_v3_extensions", part(kX509Extensions)),
};
constexpr Rule kX509CertificateRules[] = {
    {Relation::at_least_one_own,
     {},
     "6.18",
     "An X.509 certificate must have at least one property of its own."},
};

constexpr auto kSco = Family::observable;

}  // namespace

constinit const Type kArtifact{"artifact", kSco, "6.1.1", kArtifactProperties, kArtifactRules};
constinit const Type kAutonomousSystem{"autonomous-system", kSco, "6.2.1",
                                       kAutonomousSystemProperties};
constinit const Type kDirectory{"directory", kSco, "6.3.1", kDirectoryProperties};
constinit const Type kDomainName{"domain-name", kSco, "6.4.1", kDomainNameProperties,
                                 kDomainNameRules};
constinit const Type kEmailAddress{"email-addr", kSco, "6.5.1", kEmailAddressProperties,
                                   kEmailAddressRules};
constinit const Type kEmailMessage{"email-message", kSco, "6.6.1", kEmailMessageProperties,
                                   kEmailMessageRules};
constinit const Type kFile{"file", kSco, "6.7.1", kFileProperties, kFileRules, kFileExtensions};
constinit const Type kIpv4Address{"ipv4-addr", kSco, "6.8.1", kIpAddressProperties,
                                  kIpv4AddressRules};
constinit const Type kIpv6Address{"ipv6-addr", kSco, "6.9.1", kIpAddressProperties,
                                  kIpv6AddressRules};
constinit const Type kMacAddress{"mac-addr", kSco, "6.10.1", kMacAddressProperties,
                                 kMacAddressRules};
constinit const Type kMutex{"mutex", kSco, "6.11.1", kMutexProperties};
constinit const Type kNetworkTraffic{
    "network-traffic",        kSco, "6.12.1", kNetworkTrafficProperties, kNetworkTrafficRules,
    kNetworkTrafficExtensions};
constinit const Type kProcess{"process",          kSco,          "6.13.1",
                              kProcessProperties, kProcessRules, kProcessExtensions};
constinit const Type kSoftware{"software", kSco, "6.14.1", kSoftwareProperties};
constinit const Type kUrl{"url", kSco, "6.15.1", kUrlProperties, kUrlRules};
constinit const Type kUserAccount{"user-account",    kSco,
                                  "6.16.1",          kUserAccountProperties,
                                  kUserAccountRules, kUserAccountExtensions};
constinit const Type kWindowsRegistryKey{"windows-registry-key", kSco, "6.17.1",
                                         kWindowsRegistryKeyProperties, kWindowsRegistryKeyRules};
constinit const Type kX509Certificate{"x509-certificate", kSco, "6.18.1",
                                      kX509CertificateProperties, kX509CertificateRules};

}  // namespace comity::stix
