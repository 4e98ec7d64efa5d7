#include "stix/schema_types.h"

// The predefined extensions of observables (section 3.10), in the order of section 6.

namespace comity::stix {
namespace {

constexpr Rule at_least_one_own(std::string_view section) {
  return {Relation::at_least_one_own,
          {},
          section,
          "It must have at least one of its properties; leave it out instead."};
}

// Section 6.7.2.
constexpr Property kArchiveProperties[] = {
    must("contains_refs", list(ref(kFileOrDirectory))),
    may("comment", text()),
};

// Section 6.7.3.
constexpr Property kStreamProperties[] = {
    must("name", text()),
    may("hashes", hashes()),
    may("size", integer(0)),
};
constexpr Type kStream{"alternate-data-stream-type", Family::part, "6.7.3.2", kStreamProperties};
constexpr Property kNtfsProperties[] = {
    may("sid", text()),
    may("alternate_data_streams", list(part(kStream))),
};
constexpr Rule kNtfsRules[] = {at_least_one_own("6.7.3")};

// Section 6.7.4.
constexpr Property kPdfProperties[] = {
    may("version", text()),
    may("is_optimized", boolean()),
    may("document_info_dict", dictionary(Entries::text)),
    may("pdfid0", text()),
    may("pdfid1", text()),
};
constexpr Rule kPdfRules[] = {at_least_one_own("6.7.4")};

// Section 6.7.5.
constexpr Property kRasterImageProperties[] = {
    may("image_height", integer()),
    may("image_width", integer()),
    may("bits_per_pixel", integer()),
    may("exif_tags", dictionary(Entries::integer_or_text)),
};
constexpr Rule kRasterImageRules[] = {at_least_one_own("6.7.5")};

// Section 6.7.6.2.
constexpr Property kPeHeaderProperties[] = {
    may("magic_hex", hex()),
    may("major_linker_version", integer()),
    may("minor_linker_version", integer()),
    may("size_of_code", integer(0)),
    may("size_of_initialized_data", integer(0)),
    may("size_of_uninitialized_data", integer(0)),
    may("address_of_entry_point", integer()),
    may("base_of_code", integer()),
    may("base_of_data", integer()),
    may("image_base", integer()),
    may("section_alignment", integer()),
    may("file_alignment", integer()),
    may("major_os_version", integer()),
    may("minor_os_version", integer()),
    may("major_image_version", integer()),
    may("minor_image_version", integer()),
    may("major_subsystem_version", integer()),
    may("minor_subsystem_version", integer()),
    may("win32_version_value_hex", hex()),
    may("size_of_image", integer(0)),
    may("size_of_headers", integer(0)),
    may("checksum_hex", hex()),
    may("subsystem_hex", hex()),
    may("dll_characteristics_hex", hex()),
    may("size_of_stack_reserve", integer(0)),
    may("size_of_stack_commit", integer(0)),
    may("size_of_heap_reserve", integer(0)),
    may("size_of_heap_commit", integer(0)),
    may("loader_flags_hex", hex()),
    may("number_of_rva_and_sizes", integer()),
    may("hashes", hashes()),
};
constexpr Rule kPeHeaderRules[] = {at_least_one_own("6.7.6.2")};
constexpr Type kPeHeader{"windows-pe-optional-header-type", Family::part, "6.7.6.2",
                         kPeHeaderProperties, kPeHeaderRules};

// Section 6.7.6.3.
constexpr Property kPeSectionProperties[] = {
    must("name", text()),
    may("size", integer(0)),
    may("entropy", number()),
    may("hashes", hashes()),
};
constexpr Type kPeSection{"windows-pe-section-type", Family::part, "6.7.6.3", kPeSectionProperties};

// Section 6.7.6.
constexpr Property kWindowsPeProperties[] = {
    must("pe_type", word(kPeBinaryType)),
    may("imphash", text()),
    may("machine_hex", hex()),
    may("number_of_sections", integer(0)),
    may("time_date_stamp", of_kind(Kind::whole_second)),
    may("pointer_to_symbol_table_hex", hex()),
    may("number_of_symbols", integer(0)),
    may("size_of_optional_header", integer(0)),
    may("characteristics_hex", hex()),
    may("file_header_hashes", hashes()),
    may("optional_header", part(kPeHeader)),
    may("sections", list(part(kPeSection))),
};
constexpr Rule kWindowsPeRules[] = {
    {Relation::at_least_one_own,
     {"", "pe_type"},
     "6.7.6",
     "It must have at least one property beside `pe_type`."},
};

// Section 6.12.2.
constexpr Property kHttpRequestProperties[] = {
    must("request_method", text()),        must("request_value", text()),
    may("request_version", text()),        may("request_header", dictionary(Entries::text_list)),
    may("message_body_length", integer()), may("message_body_data_ref", ref(kArtifactOnly)),
};

// Section 6.12.3.
constexpr Property kIcmpProperties[] = {
    must("icmp_type_hex", hex()),
    must("icmp_code_hex", hex()),
};

// Section 6.12.4.
constexpr Property kSocketProperties[] = {
    must("address_family", one_of(kSocketAddressFamily)),
    may("is_blocking", boolean()),
    may("is_listening", boolean()),
    may("options", dictionary(Entries::integer)),
    may("socket_type", one_of(kSocketType)),
    may("socket_descriptor", integer(0)),
    may("socket_handle", integer()),
};

// Section 6.12.5.
constexpr Property kTcpProperties[] = {
    may("src_flags_hex", hex()),
    may("dst_flags_hex", hex()),
};
constexpr Rule kTcpRules[] = {at_least_one_own("6.12.5")};

// Section 6.13.2.
constexpr Property kWindowsProcessProperties[] = {
    may("aslr_enabled", boolean()),
    may("dep_enabled", boolean()),
    may("priority", text(Format::priority_class)),
    may("owner_sid", text()),
    may("window_title", text()),
    may("startup_info", dictionary()),
    may("integrity_level", one_of(kIntegrityLevel)),
};
constexpr Rule kWindowsProcessRules[] = {at_least_one_own("6.13.2")};

// Section 6.13.3.
constexpr Property kWindowsServiceProperties[] = {
    may("service_name", text()),
    may("descriptions", list(text())),
    may("display_name", text()),
    may("group_name", text()),
    may("start_type", one_of(kServiceStartType)),
    may("service_dll_refs", list(ref(kFileOnly))),
    may("service_type", one_of(kServiceType)),
    may("service_status", one_of(kServiceStatus)),
};
constexpr Rule kWindowsServiceRules[] = {at_least_one_own("6.13.3")};

// Section 6.16.2.
constexpr Property kUnixAccountProperties[] = {
    may("gid", integer()),
    may("groups", list(text())),
    may("home_dir", text()),
    may("shell", text()),
};
constexpr Rule kUnixAccountRules[] = {at_least_one_own("6.16.2")};

constexpr auto kPart = Family::part;

}  // namespace

constinit const Type kArchiveExtension{"archive-ext", kPart, "6.7.2.1", kArchiveProperties};
constinit const Type kNtfsExtension{"ntfs-ext", kPart, "6.7.3.1", kNtfsProperties, kNtfsRules};
constinit const Type kPdfExtension{"pdf-ext", kPart, "6.7.4.1", kPdfProperties, kPdfRules};
constinit const Type kRasterImageExtension{"raster-image-ext", kPart, "6.7.5.1",
                                           kRasterImageProperties, kRasterImageRules};
constinit const Type kWindowsPeExtension{"windows-pebinary-ext", kPart, "6.7.6.1",
                                         kWindowsPeProperties, kWindowsPeRules};
constinit const Type kHttpRequestExtension{"http-request-ext", kPart, "6.12.2.1",
                                           kHttpRequestProperties};
constinit const Type kIcmpExtension{"icmp-ext", kPart, "6.12.3.1", kIcmpProperties};
constinit const Type kSocketExtension{"socket-ext", kPart, "6.12.4.1", kSocketProperties};
constinit const Type kTcpExtension{"tcp-ext", kPart, "6.12.5.1", kTcpProperties, kTcpRules};
constinit const Type kWindowsProcessExtension{"windows-process-ext", kPart, "6.13.2.1",
                                              kWindowsProcessProperties, kWindowsProcessRules};
constinit const Type kWindowsServiceExtension{"windows-service-ext", kPart, "6.13.3.1",
                                              kWindowsServiceProperties, kWindowsServiceRules};
constinit const Type kUnixAccountExtension{"unix-account-ext", kPart, "6.16.2.1",
                                           kUnixAccountProperties, kUnixAccountRules};

}  // namespace comity::stix
