#pragma once

#include <string_view>

#include "base/error.h"
#include "views/message.h"
#include "views/taxii_filters.h"

#include "query/readers.h"

/// What collections hold: TAXII 2.1 sections 5.3, 5.4, 5.6 and 5.8. Each answers with a page in the
/// order in which objects were added (section 3.3), the times of the first and the last of them in
/// X-TAXII-Date-Added-First and -Last, and with `more` and `next` where there may be more; `{}`
/// where nothing is found, and then without the times. docs/taxii.md says where this differs from
/// the standard.
namespace comity::views {

/// An envelope (section 3.7) of objects, byte for byte as they were filed. It ends early where they
/// are large.
[[nodiscard]] Result<Response> taxii_objects(query::Reader& reader, const TaxiiFilters& filters);

/// A manifest resource (section 5.3.1).
[[nodiscard]] Result<Response> taxii_manifest(query::Reader& reader, const TaxiiFilters& filters);

/// A versions resource (section 5.8.1) of one object.
[[nodiscard]] Result<Response> taxii_versions(query::Reader& reader, const TaxiiFilters& filters);

}  // namespace comity::views
