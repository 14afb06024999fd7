package import Auth
package import Crypto
package import HTTP

/// What the log says about a request that is answered.
///
/// A query, a cookie, a token or a body has no place in it.
package struct AccessLogEntry: ~Copyable {
    /// Under which it is found.
    package var id: RequestID
    /// What was asked; nil where what arrived was no request.
    package var head: Head?
    /// What arrived instead of a request, where that is known.
    package var input: Input?
    /// How it was answered.
    package var status: Status
    /// How many bytes of content the answer had.
    package var bytes: Int
    /// Who asked, where that came to light.
    package var account: UUID?
    /// The code of the error it was answered with.
    package var code: ErrorCode?
    /// Why it was refused, where the code may stand for several reasons or not.
    package var reason: Reason?
    /// Which rule of HTTP it breaks, where it does.
    package var brokenRule: MessageError.Reason?

    /// What arrived instead of a request.
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

    /// What was asked, by whom, and how long that took.
    package struct Head: ~Copyable {
        /// Who asked; nil for a process of this machine on a Unix socket.
        package var client: IPAddress?
        /// The method.
        package var method: Method
        /// The path byte for byte as the client sent it, which is not to be trusted.
        package var path: ArraySlice<UInt8>
        /// Since the head was complete.
        package var microseconds: UInt64
        /// Through which entrance it came.
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

    /// An answered request from its parts.
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
