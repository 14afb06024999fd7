import Auth
import HTTP
import Web

/// Who may set the server up: the user it runs as, from this machine, and clients with its code.
enum SetupPermission {
    /// Refuses other clients, before any work is spent.
    ///
    /// - Throws: `setupCodeRequired`.
    static func require(
        for context: RequestContext, _ configuration: APIConfiguration
    ) throws(RequestError) {
        if isOperator(context, configuration) { return }
        let codes = context.request.values(of: .xSetupCode)
        guard !codes.isEmpty else { throw .domain(.setupCodeRequired(.setupCodeMissing)) }
        guard codes.count == 1, configuration.setupCode.matches(codes[0]) else {
            throw .domain(.setupCodeRequired(.setupCodeWrong))
        }
    }

    /// Whether a process of the server's own user on this machine sent the request, for itself.
    ///
    /// A proxy on this machine that adds no field at all looks like such a client, and would hand
    /// setup to the whole network: its user tells it, and each field that only a proxy sends. The Host
    /// is checked against a page that resolves its own name to 127.0.0.1 (DNS rebinding).
    private static func isOperator(
        _ context: RequestContext, _ configuration: APIConfiguration
    ) -> Bool {
        let request = context.request
        return isThisMachine(request.peer) && isThisMachine(request.authority)
            && request.fieldNames.allSatisfy(isSentByClients)
            && configuration.isOwnUser(request.peer)
    }

    private static func isThisMachine(_ peer: Peer) -> Bool {
        switch peer {
        case .address(let address, _): address.isLoopback
        case .local: true
        }
    }

    private static func isThisMachine(_ authority: ArraySlice<UInt8>?) -> Bool {
        guard let authority, let host = Origin(authority: authority, isSecure: false)?.host else {
            return false
        }
        let literal = host.utf8.filter { $0 != UInt8(ascii: "[") && $0 != UInt8(ascii: "]") }
        return host == "localhost" || IPAddress(parsing: literal)?.isLoopback == true
    }

    /// Whether curl and browsers send fields of this name of their own accord.
    private static func isSentByClients(_ name: ArraySlice<UInt8>) -> Bool {
        names.contains { name.equalsIgnoringCase($0) }
            || prefixes.contains { name.prefix($0.utf8.count).equalsIgnoringCase($0) }
    }

    private static let names = [
        "Host", "User-Agent", "Accept", "Origin", "Referer", "Cookie", "Connection",
        "Cache-Control", "Pragma", "Priority", "DNT", "Upgrade-Insecure-Requests",
    ]
    private static let prefixes = ["Accept-", "Content-", "Sec-"]
}
