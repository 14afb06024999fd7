import HTTP

/// The fields that the doctor forges: a proxy that is configured right lets none of them through.
package enum ProbeCanary: String, Sendable, CaseIterable {
    case xForwardedFor = "X-Forwarded-For"
    case xForwardedProto = "X-Forwarded-Proto"
    case xForwardedHost = "X-Forwarded-Host"
    case forwarded = "Forwarded"
    case xRequestID = "X-Request-Id"
    case remoteUser = "Remote-User"
    case remoteEmail = "Remote-Email"
    case remoteName = "Remote-Name"
    case remoteGroups = "Remote-Groups"
    case authTier = "X-Auth-Tier"
    case authScopes = "X-Auth-Scopes"

    /// Whether it says who the client is to an application behind forward-auth.
    package var isIdentity: Bool {
        switch self {
        case .xForwardedFor, .xForwardedProto, .xForwardedHost, .forwarded, .xRequestID: false
        case .remoteUser, .remoteEmail, .remoteName, .remoteGroups, .authTier, .authScopes: true
        }
    }

    /// What the doctor sends: well-formed, and of this probe alone.
    package func value(for pass: ProbePass) -> String {
        let nonce = pass.nonce
        return switch self {
        case .xForwardedFor: Self.address(of: nonce)
        case .xForwardedProto: "probe-\(nonce)"
        case .xForwardedHost: "\(nonce).invalid"
        // An obfuscated identifier (RFC 7239 §6.3).
        case .forwarded: "for=_\(nonce);proto=http"
        case .xRequestID: nonce
        case .remoteUser, .remoteEmail, .remoteName, .remoteGroups, .authTier, .authScopes:
            "probe-\(nonce)"
        }
    }

    /// Those that reached the server with what the doctor sent, alone or beside a proxy's own words.
    static func passed(in request: Request, _ pass: ProbePass) -> [ProbeCanary] {
        let lines = request.fieldLines
        return allCases.filter { canary in
            let marks = [pass.nonce, address(of: pass.nonce)]
            return lines.contains { line in
                line.name.equalsIgnoringCase(canary.rawValue)
                    && marks.contains {
                        String(decoding: line.value, as: UTF8.self).lowercased().contains($0)
                    }
            }
        }
    }

    /// An address of documentation (RFC 3849), which is no client's.
    private static func address(of nonce: String) -> String {
        let digits = Array(nonce)
        let groups = stride(from: 0, to: 24, by: 4).map { String(digits[$0..<$0 + 4]) }
        return "2001:db8:" + groups.joined(separator: ":")
    }
}
