package import Auth
package import HTTP

/// Tells the requests that a page of another site made a browser send (CSRF, CWE-352).
package enum CrossOrigin {
    /// Whether a request comes from the site itself or from no page at all.
    ///
    /// `Sec-Fetch-Site` decides where a browser sends it; an `Origin` must be that of the site or
    /// name the host and port the request was sent to. Neither field: no browser, thus no victim.
    package static func allows(_ request: Request, website: Origin) -> Bool {
        let sites = request.values(of: .secFetchSite)
        guard sites.isEmpty else {
            return sites.allSatisfy {
                $0.elementsEqual("same-origin".utf8) || $0.elementsEqual("none".utf8)
            }
        }
        return request.values(of: .origin).allSatisfy { isOwn($0, request, website) }
    }

    private static func isOwn(
        _ field: ArraySlice<UInt8>, _ request: Request, _ website: Origin
    ) -> Bool {
        guard let origin = Origin(String(decoding: field, as: UTF8.self)) else { return false }
        if origin == website { return true }
        guard let authority = request.authority,
            let host = Origin(authority: authority, isSecure: origin.isSecure)
        else { return false }
        return origin.hasAuthority(of: host)
    }
}
