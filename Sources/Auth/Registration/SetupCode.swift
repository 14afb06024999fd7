import Crypto

/// The one-time code that proves, from afar, that somebody can read the server's log.
public struct SetupCode: Sendable {
    /// What the operator copies from the log.
    public let text: String

    /// The code of an operator.
    public init(_ text: String) {
        self.text = text
    }

    /// A new code of 128 random bits.
    public static func random() -> SetupCode {
        SetupCode(Base64URL.encode(Random.bytes(16)))
    }

    /// Whether this is the code, compared in constant time.
    ///
    /// An empty one, as an empty environment variable makes it, is matched by nothing.
    public func matches(_ shown: ArraySlice<UInt8>) -> Bool {
        !text.isEmpty && constantTimeEquals(Array(shown), Array(text.utf8))
    }
}
