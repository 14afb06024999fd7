import Auth
import HTTP
import Web

/// Where a browser goes on once a person has signed in: a page of this server, or of an application that
/// the operator named.
///
/// Made of a `return_to` that anyone may have written, so it is compared with the list and built of the
/// parsed origin, never of what was written as a host (open redirect, CWE-601).
struct ReturnAddress: Sendable, Equatable {
    /// The value of a Location field.
    let location: String
    /// The origin of an application; nil for a path of this server.
    let origin: Origin?

    /// The most bytes: proxies limit the head of a response, nginx to 4 KiB.
    private static let maximumBytes = 2_048

    /// Checks a `return_to`; nil where it is malformed, or leads to an origin that is not allowed.
    ///
    /// - Parameters:
    ///   - text: A path, or a whole URL.
    ///   - isAllowed: Whether browsers may return to an origin.
    init?(_ text: String, isAllowed: (Origin) -> Bool) {
        // Browsers read a backslash as a slash (URL Standard §4.4), and drop what is not visible.
        guard (1...Self.maximumBytes).contains(text.utf8.count),
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") })
        else { return nil }
        if text.hasPrefix("/") {
            // Two slashes begin the address of another host (RFC 3986 §4.2).
            guard !text.hasPrefix("//") else { return nil }
            location = text
            origin = nil
        } else {
            guard let (origin, rest) = Origin.parse(url: text), isAllowed(origin) else {
                return nil
            }
            location = "\(origin)" + (rest.hasPrefix("/") ? "" : "/") + rest
            self.origin = origin
        }
    }

    /// The host that the page of sign-in names; nil for this server.
    var host: String? {
        origin.map { origin in
            let isStandard = origin.port == (origin.isSecure ? 443 : 80)
            return isStandard ? origin.host : "\(origin.host):\(origin.port)"
        }
    }
}

extension Origin {
    /// The origin of an http(s) URL; nil for a path, and for anything else.
    init?(of url: String) {
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

extension PageContext {
    /// The checked `return_to` of the query, or of the form that was posted; nil without one.
    var returnAddress: ReturnAddress? {
        let text = request.request.method.isSafe ? query("return_to") : posted("return_to")
        return ReturnAddress(text) { origin in
            origin == service.websiteURL || configuration.mayReturnTo(origin)
        }
    }

    /// The sign-in page, which leads to an address.
    func signInAddress(returningTo target: ReturnAddress?) -> String {
        guard let target else { return configuration.loginPage }
        return signInAddress(returningTo: target.location)
    }
}
