#include "stix/deterministic_id.h"

#include <fstream>
#include <set>

#include <nlohmann/json.hpp>

namespace comity::stix {
namespace {

/// "<uuid>", "random" or "open".
std::string id_of(std::string_view type, std::string_view object) {
  codec::JsonReader reader;
  const auto read = reader.read(as_bytes(object));
  if (!read) return read.error().code();
  const DeterministicId id = deterministic_id(type, codec::JsonValue(*read));
  if (id.rule == IdRule::derived) return to_text(id.uuid);
  EXPECT_EQ(id.uuid, crypto::Uuid{});
  return id.rule == IdRule::random ? "random" : "open";
}

TEST(DeterministicId, ThoseOfTheFile) {
  std::ifstream in(COMITY_SOURCE_DIR "/tests/stix/deterministic_ids.json");
  const nlohmann::json rows = nlohmann::json::parse(in);
  std::set<std::string> types;
  std::size_t printed = 0;
  for (const nlohmann::json& row : rows) {
    const nlohmann::json& object = row["object"];
    const auto type = object["type"].get<std::string>();
    types.insert(type);
    const std::string derived = id_of(type, object.dump());
    if (row["derived"].is_null())
      EXPECT_EQ(derived, "random") << object;
    else
      EXPECT_EQ(type + "--" + derived, row["derived"].get<std::string>()) << object;
    if (row.contains("printed_in") && !row.contains("misprinted")) {
      EXPECT_EQ(type + "--" + derived, object["id"].get<std::string>());
      ++printed;
    }
  }
  EXPECT_EQ(types.size(), 18U);
  EXPECT_GE(printed, 20U);
}

TEST(DeterministicId, NamespaceOfTheSpecification) {
  EXPECT_EQ(to_text(observable_namespace()), "00abedb4-aa42-466c-9c01-fed23315a9b7");
}

TEST(DeterministicId, OneHashCountsByTheOrderOfPreference) {
  const std::string md5 = id_of("file", R"({"hashes": {"MD5": "a"}, "name": "n"})");
  EXPECT_EQ(id_of("file", R"({"hashes": {"SHA-256": "b", "MD5": "a"}, "name": "n"})"), md5);
  EXPECT_EQ(id_of("file", R"({"hashes": {"SHA-512": "d", "SHA-256": "c"}, "name": "n"})"),
            id_of("file", R"({"hashes": {"SHA-256": "c"}, "name": "n"})"));
  EXPECT_EQ(id_of("file", R"({"hashes": {"SHA-256": "c", "SHA-1": "b"}, "name": "n"})"),
            id_of("file", R"({"hashes": {"SHA-1": "b"}, "name": "n"})"));
  EXPECT_NE(id_of("file", R"({"hashes": {"SHA-1": "a"}, "name": "n"})"), md5);
  EXPECT_NE(id_of("file", R"({"hashes": {"MD5": "a"}})"), md5);
  // UUID 5 of {"extensions":{},"hashes":{"xyz":"y"},"name":"n"}, and of less, each taken from
  // Python's uuid.uuid5.
  EXPECT_EQ(id_of("file", R"({"extensions": {}, "hashes": {"xyz": "y"}, "name": "n"})"),
            "dd88ad26-80ac-5f03-a947-1e61d49eecd6");
  EXPECT_EQ(id_of("x509-certificate", R"({"hashes": {"xyz": "y"}, "serial_number": "1"})"),
            "16fd1dd9-59f2-53eb-a7da-0fb1954ccc72");
  EXPECT_EQ(id_of("file", R"({"hashes": {"xyz": "y"}, "extensions": {}})"),
            "d9ac0b48-ba7b-5ff1-8a73-c57fd41e766e");
}

TEST(DeterministicId, LeftOpen) {
  EXPECT_EQ(id_of("file", R"({"hashes": {"SHA3-256": "a", "SSDEEP": "b"}, "name": "n"})"), "open");
  EXPECT_EQ(id_of("file", R"({"hashes": {}, "name": "n"})"), "open");
  EXPECT_EQ(id_of("file", R"({"hashes": "a", "name": "n"})"), "open");
  EXPECT_EQ(id_of("x-usb-device", R"({"name": "n"})"), "open");
  EXPECT_EQ(id_of("malware", R"({"name": "n"})"), "open");
  EXPECT_EQ(id_of("", R"({"name": "n"})"), "open");
}

TEST(DeterministicId, NothingContributes) {
  EXPECT_EQ(id_of("process", R"({"pid": 5, "name": "n", "value": "v"})"), "random");
  EXPECT_EQ(id_of("user-account", R"({"display_name": "n"})"), "random");
  EXPECT_EQ(id_of("url", R"({"name": "n"})"), "random");
}

/// Each type's own properties count and no others do.
TEST(DeterministicId, EachContributingPropertyCounts) {
  for (const std::string type :
       {"artifact", "autonomous-system", "directory", "domain-name", "email-addr", "email-message",
        "file", "ipv4-addr", "ipv6-addr", "mac-addr", "mutex", "network-traffic", "software", "url",
        "user-account", "windows-registry-key", "x509-certificate"}) {
    nlohmann::json object;
    for (const std::string_view name : contributing_properties(type)) {
      const std::string before = id_of(type, object.is_null() ? "{}" : object.dump());
      if (name == "hashes")
        object[std::string(name)] = {{"MD5", "a"}};
      else
        object[std::string(name)] = "a";
      const std::string with = id_of(type, object.dump());
      EXPECT_NE(with, before) << type << " " << name;
      object["other"] = 1;
      EXPECT_EQ(id_of(type, object.dump()), with) << type;
    }
  }
  EXPECT_TRUE(contributing_properties("process").empty());
  EXPECT_TRUE(contributing_properties("malware").empty());
}

TEST(DeterministicId, TheOrderOfMembersDoesNotCount) {
  EXPECT_EQ(id_of("software", R"({"name": "a", "version": "1", "vendor": "b"})"),
            id_of("software", R"({"vendor":"b","version":"\u0031","name":"a"})"));
}

}  // namespace
}  // namespace comity::stix
