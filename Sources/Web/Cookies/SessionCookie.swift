import Auth
import Bytes
import HTTP

/// The name and attributes of the session cookie (RFC 6265bis).
package struct SessionCookie: Sendable, Equatable {
    /// The cookie's name.
    package let name: String
    /// When a browser sends it along with requests from other sites.
    package let sameSite: SameSite
    /// The domain whose hosts all receive it; nil for the host alone that set it.
    package let domain: String?

    /// The values of the SameSite attribute.
    package enum SameSite: String, Sendable, CaseIterable {
        case lax = "Lax"
        case strict = "Strict"
        case none = "None"
    }

    /// A cookie; without a domain, for this host alone.
    package init(name: String, sameSite: SameSite, domain: String? = nil) {
        self.name = name
        self.sameSite = sameSite
        self.domain = domain
    }

    /// The cookie by which accounts recognise a browser's device: named after this one, and sent to
    /// this host alone.
    var device: SessionCookie { SessionCookie(name: "\(name)_device", sameSite: sameSite) }

    /// The cookie of a browser in which an account need not prove its second factor at sign-in.
    var trust: SessionCookie { SessionCookie(name: "\(name)_trust", sameSite: sameSite) }

    /// The cookie that binds a sign-in in steps to the browser that began it; always `Lax`, which a
    /// link of another site to the sign-in page needs and no form of another site gets.
    var login: SessionCookie { SessionCookie(name: "\(name)_login", sameSite: .lax) }

    /// A cookie by which the doctor sees what becomes of this one on its way.
    var probe: SessionCookie {
        SessionCookie(name: "\(name)_probe", sameSite: sameSite, domain: domain)
    }

    /// Whether a browser takes it with the attribute Secure alone.
    package var needsSecure: Bool { Self.needsSecure(name: name) || sameSite == .none }

    /// Whether a browser takes a cookie of this name with the attribute Secure alone
    /// (RFC 6265bis §4.1.3).
    package static func needsSecure(name: String) -> Bool {
        ["__host-", "__secure-", "__http-"].contains { name.lowercased().hasPrefix($0) }
    }

    /// Whether a browser takes a cookie of this name without a domain alone (RFC 6265bis §4.1.3.2).
    package static func refusesDomain(name: String) -> Bool {
        name.lowercased().hasPrefix("__host-")
    }

    /// The value of a Set-Cookie field.
    ///
    /// - Parameters:
    ///   - token: URL-safe characters; empty to clear the cookie.
    ///   - lifetime: Seconds; 0 to clear the cookie.
    ///   - isSecure: Whether only https may carry it.
    /// - Returns: The cookie with its attributes.
    func setCookie(_ token: String, lifetime: Int64, isSecure: Bool) -> String {
        "\(name)=\(token); Path=/; " + (domain.map { "Domain=\($0); " } ?? "")
            + "Max-Age=\(lifetime); HttpOnly; SameSite=\(sameSite.rawValue)"
            + (isSecure || needsSecure ? "; Secure" : "")
    }

    /// The token a request carries; nil without one, and when it carries two that differ.
    func token(in request: Request) -> ArraySlice<UInt8>? {
        guard case .cookie(let token) = credential(in: request) else { return nil }
        return token
    }

    /// The credential in the cookies of a request; where two of this name differ, an attacker planted
    /// one of them (cookie tossing).
    func credential(in request: Request) -> PresentedCredential? {
        var found: ArraySlice<UInt8>?
        for line in request.values(of: .cookie) {
            let bytes = line.span
            var start = 0
            while start < bytes.count {
                let end = bytes.firstIndex(of: UInt8(ascii: ";"), from: start) ?? bytes.count
                if let value = value(of: bytes.trimmingWhiteSpace(start..<end), in: bytes) {
                    let token = line.dropFirst(value.lowerBound).prefix(value.count)
                    guard found == nil || found == token else { return .differingCookies }
                    found = token
                }
                start = end + 1
            }
        }
        return found.map(PresentedCredential.cookie)
    }

    /// Where the value of a pair is, if it is this cookie's.
    private func value(of pair: Range<Int>, in line: Span<UInt8>) -> Range<Int>? {
        let name = name.utf8Span.span
        let end = pair.lowerBound + name.count
        guard end < pair.upperBound, line[end] == UInt8(ascii: "="),
            line.extracting(pair.lowerBound..<end).equals(name)
        else { return nil }
        return end + 1..<pair.upperBound
    }
}
