package import Auth
package import Crypto
package import HTTP

/// One request in the log, after its response.
///
/// A query, a cookie, a token or a body has no place in it.
package struct AccessLogEntry: ~Copyable {
    /// Under which it is found.
    package var id: RequestID
    /// The request; nil where the input was none.
    package var head: Head?
    /// The input instead of a request, where it is known.
    package var input: Input?
    /// The status of the response.
    package var status: Status
    /// The bytes of content in the response.
    package var bytes: Int
    /// The account of the caller, where it is known.
    package var account: UUID?
    /// The code of the error response; nil for none.
    package var code: ErrorCode?
    /// Why it was refused, where the code may stand for several reasons or not.
    package var reason: Reason?
    /// Which rule of HTTP it breaks, where it does.
    package var brokenRule: MessageError.Reason?

    /// Input that is no request.
    package struct Input {
        /// Who sent it; nil for a process of this machine on a Unix socket.
        package var client: IPAddress?
        /// How it begins, with everything but visible ASCII percent-encoded.
        package var start: String

        /// An input from its parts.
        package init(client: IPAddress?, start: String) {
            self.client = client
            self.start = start
        }
    }

    /// The request, its client, and the time it took.
    package struct Head: ~Copyable {
        /// The address of the client; nil for a process of this machine on a Unix socket.
        package var client: IPAddress?
        /// The method.
        package var method: Method
        /// The path byte for byte as the client sent it, which is not to be trusted.
        package var path: ArraySlice<UInt8>
        /// Since the head was complete.
        package var microseconds: UInt64
        /// The listener that received it.
        package var listener: ListenerRole

        /// A head from its parts.
        package init(
            client: IPAddress?, method: Method, path: ArraySlice<UInt8>, microseconds: UInt64,
            listener: ListenerRole = .public
        ) {
            self.client = client
            self.listener = listener
            self.method = method
            self.path = path
            self.microseconds = microseconds
        }
    }

    /// A request after its response.
    package init(
        id: RequestID, head: consuming Head?, input: Input? = nil, status: Status, bytes: Int,
        account: UUID? = nil, code: ErrorCode? = nil, reason: Reason? = nil,
        brokenRule: MessageError.Reason? = nil
    ) {
        self.id = id
        self.head = head
        self.status = status
        self.bytes = bytes
        self.account = account
        self.code = code
        self.reason = reason
        self.input = input
        self.brokenRule = brokenRule
    }
}
