/// What a browser forgets of a site when it is told to (W3C Clear Site Data §3.1).
package enum ClearSiteData: String, Sendable, CaseIterable {
    /// Answers it keeps.
    case cache
    /// What it was told of its own make by `Accept-CH`.
    case clientHints
    /// Cookies, of the whole registrable domain, and sign-ins of HTTP.
    case cookies
    /// Open pages, which are loaded again.
    case executionContexts
    /// Answers it fetched ahead.
    case prefetchCache
    /// Pages it rendered ahead.
    case prerenderCache
    /// What scripts stored.
    case storage
    /// Everything, also what later browsers name.
    case everything = "*"
}

extension [ClearSiteData] {
    /// The value of a Clear-Site-Data field; nil where nothing is forgotten.
    package var fieldValue: String? {
        isEmpty ? nil : map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
    }
}
