#include "stix/vocabulary.h"

#include <algorithm>

namespace comity::stix {
namespace {

// The words as section 10 lists them. A row ends with what Errata 01 (2 April 2025) adds, if
// anything: a word that the technical committee has since named is no reason for a warning.

constexpr std::string_view kAccountTypeWords[] = {
    "facebook", "ldap",    "nis",  "openid",        "radius",        "skype",
    "tacacs",   "twitter", "unix", "windows-local", "windows-domain"};

constexpr std::string_view kAttackMotivationWords[] = {"accidental",    "coercion",
                                                       "dominance",     "ideology",
                                                       "notoriety",     "organizational-gain",
                                                       "personal-gain", "personal-satisfaction",
                                                       "revenge",       "unpredictable"};

constexpr std::string_view kAttackResourceLevelWords[] = {
    "individual", "club", "contest", "team", "organization", "government"};

constexpr std::string_view kEncryptionAlgorithmWords[] = {"AES-256-GCM", "ChaCha20-Poly1305",
                                                          "mime-type-indicated"};

constexpr std::string_view kExtensionTypeWords[] = {
    "new-sdo", "new-sco", "new-sro", "property-extension", "toplevel-property-extension"};

constexpr std::string_view kGroupingContextWords[] = {"suspicious-activity", "malware-analysis",
                                                      "unspecified"};

constexpr std::string_view kHashAlgorithmWords[] = {"MD5",      "SHA-1",    "SHA-256", "SHA-512",
                                                    "SHA3-256", "SHA3-512", "SSDEEP",  "TLSH"};

constexpr std::string_view kIdentityClassWords[] = {"individual",   "group", "system",
                                                    "organization", "class", "unknown"};

constexpr std::string_view kImplementationLanguageWords[] = {
    "applescript",  "bash",       "c",      "c++",         "c#",    "go",
    "java",         "javascript", "lua",    "objective-c", "perl",  "php",
    "powershell",   "python",     "ruby",   "scala",       "swift", "typescript",
    "visual-basic", "x86-32",     "x86-64", "rust"};

constexpr std::string_view kIndicatorTypeWords[] = {
    "anomalous-activity", "anonymization", "benign", "compromised",
    "malicious-activity", "attribution",   "unknown"};

constexpr std::string_view kIndustrySectorWords[] = {"agriculture",
                                                     "aerospace",
                                                     "automotive",
                                                     "chemical",
                                                     "commercial",
                                                     "communications",
                                                     "construction",
                                                     "defense",
                                                     "education",
                                                     "energy",
                                                     "entertainment",
                                                     "financial-services",
                                                     "government",
                                                     "emergency-services",
                                                     "government-national",
                                                     "government-regional",
                                                     "government-local",
                                                     "government-public-services",
                                                     "healthcare",
                                                     "hospitality-leisure",
                                                     "infrastructure",
                                                     "dams",
                                                     "nuclear",
                                                     "water",
                                                     "insurance",
                                                     "manufacturing",
                                                     "mining",
                                                     "non-profit",
                                                     "pharmaceuticals",
                                                     "retail",
                                                     "technology",
                                                     "telecommunications",
                                                     "transportation",
                                                     "utilities",
                                                     "legal"};

constexpr std::string_view kInfrastructureTypeWords[] = {"amplification",
                                                         "anonymization",
                                                         "botnet",
                                                         "command-and-control",
                                                         "control-system",
                                                         "exfiltration",
                                                         "firewall",
                                                         "hosting-malware",
                                                         "hosting-target-lists",
                                                         "phishing",
                                                         "reconnaissance",
                                                         "routers-switches",
                                                         "staging",
                                                         "workstation",
                                                         "unknown"};

constexpr std::string_view kMalwareCapabilitiesWords[] = {"accesses-remote-machines",
                                                          "anti-debugging",
                                                          "anti-disassembly",
                                                          "anti-emulation",
                                                          "anti-memory-forensics",
                                                          "anti-sandbox",
                                                          "anti-vm",
                                                          "captures-input-peripherals",
                                                          "captures-output-peripherals",
                                                          "captures-system-state-data",
                                                          "cleans-traces-of-infection",
                                                          "commits-fraud",
                                                          "communicates-with-c2",
                                                          "compromises-data-availability",
                                                          "compromises-data-integrity",
                                                          "compromises-system-availability",
                                                          "controls-local-machine",
                                                          "degrades-security-software",
                                                          "degrades-system-updates",
                                                          "determines-c2-server",
                                                          "emails-spam",
                                                          "escalates-privileges",
                                                          "evades-av",
                                                          "exfiltrates-data",
                                                          "fingerprints-host",
                                                          "hides-artifacts",
                                                          "hides-executing-code",
                                                          "infects-files",
                                                          "infects-remote-machines",
                                                          "installs-other-components",
                                                          "persists-after-system-reboot",
                                                          "prevents-artifact-access",
                                                          "prevents-artifact-deletion",
                                                          "probes-network-environment",
                                                          "self-modifies",
                                                          "steals-authentication-credentials",
                                                          "violates-system-operational-integrity"};

constexpr std::string_view kMalwareResultWords[] = {"malicious", "suspicious", "benign", "unknown"};

constexpr std::string_view kMalwareTypeWords[] = {"adware",
                                                  "backdoor",
                                                  "bot",
                                                  "bootkit",
                                                  "ddos",
                                                  "downloader",
                                                  "dropper",
                                                  "exploit-kit",
                                                  "keylogger",
                                                  "ransomware",
                                                  "remote-access-trojan",
                                                  "resource-exploitation",
                                                  "rogue-security-software",
                                                  "rootkit",
                                                  "screen-capture",
                                                  "spyware",
                                                  "trojan",
                                                  "unknown",
                                                  "virus",
                                                  "webshell",
                                                  "wiper",
                                                  "worm"};

constexpr std::string_view kMarkingTypeWords[] = {"statement", "tlp"};

constexpr std::string_view kSocketAddressFamilyWords[] = {"AF_UNSPEC",    "AF_INET",    "AF_IPX",
                                                          "AF_APPLETALK", "AF_NETBIOS", "AF_INET6",
                                                          "AF_IRDA",      "AF_BTH"};

constexpr std::string_view kSocketTypeWords[] = {"SOCK_STREAM", "SOCK_DGRAM", "SOCK_RAW",
                                                 "SOCK_RDM", "SOCK_SEQPACKET"};

constexpr std::string_view kOpinionWords[] = {"strongly-disagree", "disagree", "neutral", "agree",
                                              "strongly-agree"};

constexpr std::string_view kPatternTypeWords[] = {"stix",  "pcre",     "sigma",
                                                  "snort", "suricata", "yara"};

constexpr std::string_view kProcessorArchitectureWords[] = {"alpha",   "arm",   "ia-64", "mips",
                                                            "powerpc", "sparc", "x86",   "x86-64"};

constexpr std::string_view kRegionWords[] = {"africa",
                                             "eastern-africa",
                                             "middle-africa",
                                             "northern-africa",
                                             "southern-africa",
                                             "western-africa",
                                             "americas",
                                             "latin-america-caribbean",
                                             "south-america",
                                             "caribbean",
                                             "central-america",
                                             "northern-america",
                                             "asia",
                                             "central-asia",
                                             "eastern-asia",
                                             "southern-asia",
                                             "south-eastern-asia",
                                             "western-asia",
                                             "europe",
                                             "eastern-europe",
                                             "northern-europe",
                                             "southern-europe",
                                             "western-europe",
                                             "oceania",
                                             "antarctica",
                                             "australia-new-zealand",
                                             "melanesia",
                                             "micronesia",
                                             "polynesia"};

constexpr std::string_view kReportTypeWords[] = {
    "attack-pattern", "campaign",     "identity",      "indicator", "intrusion-set", "malware",
    "observed-data",  "threat-actor", "threat-report", "tool",      "vulnerability", "incident"};

constexpr std::string_view kThreatActorTypeWords[] = {"activist",
                                                      "competitor",
                                                      "crime-syndicate",
                                                      "criminal",
                                                      "hacker",
                                                      "insider-accidental",
                                                      "insider-disgruntled",
                                                      "nation-state",
                                                      "sensationalist",
                                                      "spy",
                                                      "terrorist",
                                                      "unknown",
                                                      "private-sector"};

constexpr std::string_view kThreatActorRoleWords[] = {"agent",
                                                      "director",
                                                      "independent",
                                                      "infrastructure-architect",
                                                      "infrastructure-operator",
                                                      "malware-author",
                                                      "sponsor"};

constexpr std::string_view kThreatActorSophisticationWords[] = {
    "none", "minimal", "intermediate", "advanced", "expert", "innovator", "strategic"};

constexpr std::string_view kToolTypeWords[] = {
    "denial-of-service",       "exploitation",  "information-gathering",  "network-capture",
    "credential-exploitation", "remote-access", "vulnerability-scanning", "unknown"};

constexpr std::string_view kIntegrityLevelWords[] = {"low", "medium", "high", "system"};

constexpr std::string_view kPeBinaryTypeWords[] = {"dll", "exe", "sys"};

constexpr std::string_view kRegistryDatatypeWords[] = {"REG_NONE",
                                                       "REG_SZ",
                                                       "REG_EXPAND_SZ",
                                                       "REG_BINARY",
                                                       "REG_DWORD",
                                                       "REG_DWORD_BIG_ENDIAN",
                                                       "REG_DWORD_LITTLE_ENDIAN",
                                                       "REG_LINK",
                                                       "REG_MULTI_SZ",
                                                       "REG_RESOURCE_LIST",
                                                       "REG_FULL_RESOURCE_DESCRIPTION",
                                                       "REG_RESOURCE_REQUIREMENTS_LIST",
                                                       "REG_QWORD",
                                                       "REG_INVALID_TYPE"};

constexpr std::string_view kServiceStartTypeWords[] = {"SERVICE_AUTO_START", "SERVICE_BOOT_START",
                                                       "SERVICE_DEMAND_START", "SERVICE_DISABLED",
                                                       "SERVICE_SYSTEM_ALERT"};

constexpr std::string_view kServiceTypeWords[] = {
    "SERVICE_KERNEL_DRIVER", "SERVICE_FILE_SYSTEM_DRIVER", "SERVICE_WIN32_OWN_PROCESS",
    "SERVICE_WIN32_SHARE_PROCESS"};

constexpr std::string_view kServiceStatusWords[] = {
    "SERVICE_CONTINUE_PENDING", "SERVICE_PAUSE_PENDING", "SERVICE_PAUSED", "SERVICE_RUNNING",
    "SERVICE_START_PENDING",    "SERVICE_STOP_PENDING",  "SERVICE_STOPPED"};

}  // namespace

bool Vocabulary::holds(std::string_view word) const {
  return std::ranges::find(words, word) != words.end();
}

constinit const Vocabulary kAccountType{"account-type-ov", "10.1", kAccountTypeWords};
constinit const Vocabulary kAttackMotivation{"attack-motivation-ov", "10.2",
                                             kAttackMotivationWords};
constinit const Vocabulary kAttackResourceLevel{"attack-resource-level-ov", "10.3",
                                                kAttackResourceLevelWords};
constinit const Vocabulary kEncryptionAlgorithm{"encryption-algorithm-enum", "10.4",
                                                kEncryptionAlgorithmWords};
constinit const Vocabulary kExtensionType{"extension-type-enum", "10.5", kExtensionTypeWords};
constinit const Vocabulary kGroupingContext{"grouping-context-ov", "10.6", kGroupingContextWords};
constinit const Vocabulary kHashAlgorithm{"hash-algorithm-ov", "10.7", kHashAlgorithmWords};
constinit const Vocabulary kIdentityClass{"identity-class-ov", "10.8", kIdentityClassWords};
constinit const Vocabulary kImplementationLanguage{"implementation-language-ov", "10.9",
                                                   kImplementationLanguageWords};
constinit const Vocabulary kIndicatorType{"indicator-type-ov", "10.10", kIndicatorTypeWords};
constinit const Vocabulary kIndustrySector{"industry-sector-ov", "10.11", kIndustrySectorWords};
constinit const Vocabulary kInfrastructureType{"infrastructure-type-ov", "10.12",
                                               kInfrastructureTypeWords};
constinit const Vocabulary kMalwareCapabilities{"malware-capabilities-ov", "10.13",
                                                kMalwareCapabilitiesWords};
constinit const Vocabulary kMalwareResult{"malware-result-ov", "10.14", kMalwareResultWords};
constinit const Vocabulary kMalwareType{"malware-type-ov", "10.15", kMalwareTypeWords};
constinit const Vocabulary kMarkingType{"marking definition types", "7.2.1.1", kMarkingTypeWords};
constinit const Vocabulary kSocketAddressFamily{"network-socket-address-family-enum", "10.16",
                                                kSocketAddressFamilyWords};
constinit const Vocabulary kSocketType{"network-socket-type-enum", "10.17", kSocketTypeWords};
constinit const Vocabulary kOpinion{"opinion-enum", "10.18", kOpinionWords};
constinit const Vocabulary kPatternType{"pattern-type-ov", "10.19", kPatternTypeWords};
constinit const Vocabulary kProcessorArchitecture{"processor-architecture-ov", "10.20",
                                                  kProcessorArchitectureWords};
constinit const Vocabulary kRegion{"region-ov", "10.21", kRegionWords};
constinit const Vocabulary kReportType{"report-type-ov", "10.22", kReportTypeWords};
constinit const Vocabulary kThreatActorType{"threat-actor-type-ov", "10.23", kThreatActorTypeWords};
constinit const Vocabulary kThreatActorRole{"threat-actor-role-ov", "10.24", kThreatActorRoleWords};
constinit const Vocabulary kThreatActorSophistication{"threat-actor-sophistication-ov", "10.25",
                                                      kThreatActorSophisticationWords};
constinit const Vocabulary kToolType{"tool-type-ov", "10.26", kToolTypeWords};
constinit const Vocabulary kIntegrityLevel{"windows-integrity-level-enum", "10.27",
                                           kIntegrityLevelWords};
constinit const Vocabulary kPeBinaryType{"windows-pebinary-type-ov", "10.28", kPeBinaryTypeWords};
constinit const Vocabulary kRegistryDatatype{"windows-registry-datatype-enum", "10.29",
                                             kRegistryDatatypeWords};
constinit const Vocabulary kServiceStartType{"windows-service-start-type-enum", "10.30",
                                             kServiceStartTypeWords};
constinit const Vocabulary kServiceType{"windows-service-type-enum", "10.31", kServiceTypeWords};
constinit const Vocabulary kServiceStatus{"windows-service-status-enum", "10.32",
                                          kServiceStatusWords};

}  // namespace comity::stix
