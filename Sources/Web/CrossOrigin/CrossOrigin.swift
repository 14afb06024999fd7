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
            return sites.allSatisfy { $0.equals("same-origin") || $0.equals("none") }
        }
        return request.values(of: .origin).allSatisfy { isOwn($0, request, website) }
    }

    /// Whether a request says where it comes from, as every browser does when it posts a form.
    static func isDeclared(_ request: Request) -> Bool {
        request[.secFetchSite] != nil || request[.origin] != nil
    }

    /// Whether a request to sign out by GET may come from a link on another site, so that the person is
    /// asked first.
    ///
    /// It counts as wanted where a program, a page of the same site or the address bar sends it.
    package static func asksFirst(_ request: Request) -> Bool {
        !request.values(of: .secFetchSite).allSatisfy { site in
            ["same-origin", "same-site", "none"].contains { site.equals($0) }
        }
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
