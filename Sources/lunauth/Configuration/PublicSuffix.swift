import CPSL

/// The Public Suffix List (publicsuffix.org): the domains below which different people register
/// names, as `co.uk`, or rent them, as `duckdns.org`.
///
/// Browsers drop a cookie for such a domain; one that does not would show it to every host below.
enum PublicSuffix {
    /// Whether names below a domain belong to different people; nil when this machine has no list.
    ///
    /// Both sections of the list count: the private one lists those who let others have hosts. The
    /// list is the newer of the library's own and that of the system's `publicsuffix` package; it is
    /// read when asked for and not kept.
    /// - Parameter domain: In lower-case ASCII.
    /// - Returns: Whether it is such a domain.
    static func contains(_ domain: String) -> Bool? {
        guard let list = unsafe psl_latest(nil) else { return nil }
        defer { unsafe psl_free(list) }
        return unsafe psl_is_public_suffix2(list, domain, PSL_TYPE_ANY) != 0
    }
}
