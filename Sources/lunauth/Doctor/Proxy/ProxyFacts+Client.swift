import Auth
import HTTP
import Mail
import Web

/// What the server learns of the client, and the client of the server.
extension ProxyFacts {
    var clientFindings: [Finding] {
        let peer = report.peer ?? "a Unix socket"
        let local = first.receipt.localAddress
        guard report.isTrusted else {
            // Without a proxy the client itself is the peer.
            guard report.peer != local else { return [] }
            return [
                .error(
                    "requests come from \(peer), which is not trusted: its forwarding fields are ignored",
                    advice: "add the address of the proxy to trustedProxies")
            ]
        }
        guard report.namesClient else {
            return [
                .error(
                    "the proxy (\(peer)) does not name its clients: all of them share the limits of one",
                    advice: expectations.fields == .none
                        ? "set forwardedHeaders to the fields that the proxy sends"
                        : "let the proxy replace \(clientField) by the address of the client")
            ]
        }
        guard let client = report.client, let local, client != local,
            !isTranslated(local, to: client)
        else { return [] }
        return [
            .warning(
                "this machine connected from \(local), and the server counts it as \(client)",
                advice: """
                    if no address translation is in between, list every proxy on the way in trustedProxies, \
                    and let each one name its client
                    """)
        ]
    }

    var schemeFindings: [Finding] {
        guard site.isSecure != report.isSecure else { return [] }
        guard site.isSecure else {
            return [
                .error(
                    "the server takes plain http for https",
                    advice: "let the proxy send the scheme by which the client came")
            ]
        }
        return [
            .error(
                report.namesScheme
                    ? "the server takes https for plain http: the proxy says so"
                    : "the proxy does not say that clients use https",
                advice: expectations.fields == .forwarded
                    ? "let the proxy send proto=https in Forwarded"
                    : "let the proxy set X-Forwarded-Proto to the scheme of the client")
        ]
    }

    var hostFindings: [Finding] {
        let seen = report.host.flatMap {
            Origin(authority: Array($0.utf8), isSecure: site.isSecure)
        }
        guard seen != site else { return [] }
        let host = report.host.map { "the Host \($0)" } ?? "no Host"
        return [
            .error(
                "a request to \(site) arrives with \(host)",
                advice:
                    "let the proxy pass Host unchanged, with its port: origins are compared with it"
            )
        ]
    }

    var cookieFindings: [Finding] {
        let lines = (first.receipt.fields["set-cookie"] ?? "").split(separator: "\n")
        let pair = report.cookie.prefix { $0 != ";" }
        let advice = "let the proxy pass Set-Cookie unchanged"
        guard let line = lines.first(where: { $0.prefix { $0 != ";" } == pair }) else {
            return [.error("a cookie that the server sets does not arrive", advice: advice)]
        }
        let (set, arrived) = (attributes(of: report.cookie[...]), attributes(of: line))
        let changes =
            set.subtracting(arrived).sorted().map { "without \($0)" }
            + arrived.subtracting(set).sorted().map { "with \($0)" }
        guard !changes.isEmpty else { return [] }
        return [
            .error(
                "cookies of the server arrive \(changes.joined(separator: ", "))", advice: advice)
        ]
    }

    var spoofedFindings: [Finding] {
        guard let report = forged.report else {
            return [
                .warning(
                    "a request with forwarding fields of its own ends with \(forged.failure)",
                    advice: "let the proxy replace these fields instead of refusing the request")
            ]
        }
        let passed = report.canaries.filter { !$0.isIdentity }
        guard !passed.isEmpty else { return [] }
        let text = "the proxy passes what clients put into \(names(passed))"
        let advice = "let the proxy replace these fields, not append to them, or remove them"
        return [
            passed.contains(where: believed.contains)
                ? .error(text, advice: advice) : .warning(text, advice: advice)
        ]
    }

    var identityFindings: [Finding] {
        guard let report = forged.report else {
            return [.skipped("the request with these fields ended with \(forged.failure)")]
        }
        let passed = report.canaries.filter(\.isIdentity)
        guard !passed.isEmpty else { return [] }
        let text = "the proxy passes what clients put into \(names(passed))"
        let advice =
            "let the proxy remove these fields: an application that reads them would believe any client"
        return [
            expectations.applications.isEmpty
                ? .warning(text, advice: advice) : .error(text, advice: advice)
        ]
    }

    /// The fields that the server reads from a trusted proxy.
    private var believed: [ProbeCanary] {
        switch expectations.fields {
        case .xForwarded: [.xForwardedFor, .xForwardedProto]
        case .forwarded: [.forwarded]
        case .none: []
        }
    }

    private var clientField: String {
        expectations.fields == .forwarded ? "Forwarded" : "X-Forwarded-For"
    }

    private func names(_ canaries: [ProbeCanary]) -> String {
        canaries.map(\.rawValue).joined(separator: ", ")
    }

    /// What follows name and value of a cookie.
    private func attributes(of cookie: Substring) -> Set<String> {
        Set(
            cookie.split(separator: ";").dropFirst()
                .map { String($0.drop { $0 == " " }).lowercased() })
    }

    /// Whether the address of a private network became one outside of it on the way.
    private func isTranslated(_ local: String, to client: String) -> Bool {
        func isPrivate(_ text: String) -> Bool {
            guard let address = IPAddress(parsing: text.utf8) else { return false }
            return Self.privateNetworks.contains { $0.contains(address) }
        }
        return isPrivate(local) && !isPrivate(client)
    }

    /// RFC 1918 §3, RFC 6598 §7, RFC 4193 §3.1.
    private static let privateNetworks = [
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7",
    ].compactMap { AddressPrefix(parsing: $0.utf8) }
}
