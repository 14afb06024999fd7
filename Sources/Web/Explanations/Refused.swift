package import Auth
package import HTTP

/// A request that was refused (401, 403, 409, 429) or failed (503), and what decided.
///
/// A query, a path with its ids, a credential or a body has no place in it.
package struct Refused: Sendable, Equatable {
    /// Its request id, as it went on the wire.
    package let id: [UInt8]
    /// The method; nil for bytes that are no request.
    package let method: Method?
    /// The path of its route as documented; nil for none.
    package let route: String?
    /// The status of the response.
    package let status: Status
    /// The code of the response; nil for a page that is no error.
    package let code: ErrorCode?
    /// The address of the client; nil for a process of this machine on a Unix socket.
    package let client: IPAddress?
    /// The origin that a refused cross-origin request named; nil for none, or another refusal.
    package let origin: String?
    /// Why.
    package let facts: RefusalFacts

    /// Creates one from its parts.
    package init(
        id: [UInt8], method: Method?, route: String?, status: Status, code: ErrorCode?,
        client: IPAddress?, origin: String? = nil, facts: RefusalFacts
    ) {
        self.id = id
        self.method = method
        self.route = route
        self.status = status
        self.code = code
        self.client = client
        self.origin = origin
        self.facts = facts
    }

    /// The most bytes that are kept of an origin.
    static let maximumOriginBytes = 256
}
