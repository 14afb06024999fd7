import Bytes

/// The public origin of the website.
public enum Website {
    /// The host of an origin, in a form that a mail can contain: a name, or a literal in brackets.
    ///
    /// - Parameter origin: `https://example.com`.
    /// - Returns: Nil for anything but an http(s) origin.
    public static func host(of origin: String) -> String? {
        guard let scheme = ["https://", "http://"].first(where: origin.hasPrefix) else {
            return nil
        }
        var authority = origin.dropFirst(scheme.count)
        if authority.hasSuffix("/") { authority.removeLast() }
        guard let host = withoutPort(authority) else { return nil }
        if host.hasPrefix("["), host.hasSuffix("]") {
            let isLiteral = host.dropFirst().dropLast().utf8.allSatisfy {
                Character(Unicode.Scalar($0)).isHexDigit || ".:".utf8.contains($0)
            }
            return isLiteral ? host : nil
        }
        // An underscore is in no domain name, but in names of hosts within a house.
        let name = Array(host.replacing("_", with: "-").utf8)
        return MailAddress.isDomain(name[...]) ? host : nil
    }

    /// The host before a port; nil when what follows its colon is no port.
    private static func withoutPort(_ authority: Substring) -> String? {
        let hostEnd =
            authority.hasPrefix("[") ? authority.firstIndex(of: "]") : authority.startIndex
        guard let hostEnd, let colon = authority[hostEnd...].firstIndex(of: ":") else {
            return hostEnd.map { _ in String(authority) }
        }
        let port = authority[colon...].dropFirst()
        guard port.isEmpty || Decimal.parse(port.utf8, maximumDigits: 5) != nil else { return nil }
        return String(authority[..<colon])
    }

    /// The host of an origin when it is a domain name by which a machine may introduce itself.
    public static func domain(of origin: String) -> String? {
        guard let host = host(of: origin), host.contains("."), !host.contains("_"),
            host.split(separator: ".").last?.first?.isLetter == true
        else { return nil }
        return host
    }
}
