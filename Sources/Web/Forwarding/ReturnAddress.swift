package import Auth

/// Where a browser goes on once a person has signed in: a page of this server, or of an application that
/// the operator named.
///
/// Made of a `return_to` that anyone may have written, so it is compared with the list and built of the
/// parsed origin, never of what was written as a host (open redirect, CWE-601).
package struct ReturnAddress: Sendable, Equatable {
    /// The value of a Location field.
    package let location: String
    /// The origin of an application, for the policy of a form that leads there; nil for a path of this
    /// server.
    package let origin: Origin?

    /// Checks a `return_to`; nil where it is malformed, or leads to an origin that is not allowed.
    ///
    /// - Parameters:
    ///   - text: A path, or a whole URL.
    ///   - origins: Where browsers may return to.
    ///   - website: The public site.
    package init?(_ text: String, allowedBy origins: ReturnOrigins, website: Origin) {
        // Browsers read a backslash as a slash (URL Standard §4.4), and drop what is not visible.
        guard (1...ReturnOrigins.maximumAddressBytes).contains(text.utf8.count),
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") })
        else { return nil }
        if text.hasPrefix("/") {
            // Two slashes begin the address of another host (RFC 3986 §4.2).
            guard !text.hasPrefix("//"), !Self.signsOut(text[...]) else { return nil }
            location = text
            origin = nil
        } else {
            guard let (origin, rest) = Origin.parse(url: text),
                origins.allows(origin, website: website),
                origin != website || !Self.signsOut(rest)
            else { return nil }
            location = "\(origin)" + (rest.hasPrefix("/") ? "" : "/") + rest
            self.origin = origin
        }
    }

    /// Whether a path ends the session that a sign-in has just begun, by the one GET that changes
    /// something.
    ///
    /// Dot segments, which browsers remove (URL Standard §4.4), could hide it.
    private static func signsOut(_ text: Substring) -> Bool {
        let path = text.prefix { $0 != "?" && $0 != "#" }
        let segments = path.lowercased().replacing("%2e", with: ".").split(separator: "/")
        return path == "/auth/logout" || segments.contains(".") || segments.contains("..")
    }

    /// The host that the page of sign-in names; nil for this server.
    package var host: String? {
        origin.map { origin in
            let isStandard = origin.port == (origin.isSecure ? 443 : 80)
            return isStandard ? origin.host : "\(origin.host):\(origin.port)"
        }
    }
}

extension Origin {
    /// The origin of an http(s) URL; nil for a path, and for anything else.
    package init?(of url: String) {
        guard let (origin, _) = Self.parse(url: url) else { return nil }
        self = origin
    }

    /// The origin of an http(s) URL without user information, and what follows it.
    fileprivate static func parse(url: String) -> (Origin, rest: Substring)? {
        let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count > 2, parts[1].isEmpty else { return nil }
        let host = parts[2].prefix { $0 != "?" && $0 != "#" }
        guard let origin = Origin("\(parts[0])//\(host)") else { return nil }
        return (origin, url[host.endIndex...])
    }
}
