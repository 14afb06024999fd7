package import Auth
package import HTTP

/// Who may set the server up: the user it runs as, from this machine, and clients with its code.
package struct SetupPermission: Sendable {
    /// Permits setup from another machine.
    package let code: SetupCode
    /// Whether a peer is a process of this machine that runs as the user of this one.
    private let isOwnUser: @Sendable (Peer) -> Bool

    /// A permission by a code, and for the user of this process.
    package init(code: SetupCode, isOwnUser: @escaping @Sendable (Peer) -> Bool) {
        self.code = code
        self.isOwnUser = isOwnUser
    }

    /// Refuses clients that may not set the server up, before any work is spent.
    ///
    /// - Throws: `setupCodeRequired`; for a form, where the code is in it, as `RequestBody.init(_:)`.
    func require(for request: Request) throws(RequestError) {
        if isOperator(request) { return }
        let codes = try Self.codes(in: request)
        guard !codes.isEmpty else { throw .domain(.setupCodeRequired(.setupCodeMissing)) }
        guard codes.count == 1, code.matches(codes[0]) else {
            throw .domain(.setupCodeRequired(.setupCodeWrong))
        }
    }

    /// The codes that a request shows: in a header field, or in the field `code` of a form.
    private static func codes(in request: Request) throws(RequestError) -> [ArraySlice<UInt8>] {
        let codes = Array(request.values(of: .xSetupCode))
        guard codes.isEmpty, MediaType(request.single(.contentType)) == .form,
            case .text(let code) = try RequestBody(request).text("code")
        else { return codes }
        return [Array(code.utf8)[...]]
    }

    /// Whether a process of the server's own user on this machine sent the request, for itself.
    ///
    /// A proxy on this machine that adds no field at all looks like such a client, and would hand
    /// setup to the whole network: its user tells it, and each field that only a proxy sends. The Host
    /// is checked against a page that resolves its own name to 127.0.0.1 (DNS rebinding).
    func isOperator(_ request: Request) -> Bool {
        request.peer.isThisMachine && request.isAddressedToThisMachine
            && request.fieldNames.allSatisfy(Self.isSentByClients) && isOwnUser(request.peer)
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
