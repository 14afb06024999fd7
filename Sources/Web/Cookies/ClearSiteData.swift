/// The types of data that a browser deletes on request (W3C Clear Site Data §3.1).
package enum ClearSiteData: String, Sendable, CaseIterable {
    /// Cached responses.
    case cache
    /// Client hints that `Accept-CH` requested.
    case clientHints
    /// Cookies, of the whole registrable domain, and sign-ins of HTTP.
    case cookies
    /// Open pages, which are loaded again.
    case executionContexts
    /// Prefetched responses.
    case prefetchCache
    /// Prerendered pages.
    case prerenderCache
    /// What scripts stored.
    case storage
    /// Everything, also types of later browsers.
    case everything = "*"
}

extension [ClearSiteData] {
    /// The value of a Clear-Site-Data field; nil where nothing is deleted.
    package var fieldValue: String? {
        isEmpty ? nil : map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
    }
}
