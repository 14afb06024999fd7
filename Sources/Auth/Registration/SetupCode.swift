import Crypto

/// The one-time code that proves to a remote server that its operator can read its log.
public struct SetupCode: Sendable {
    /// The text that the operator copies from the log.
    public let text: String

    /// Creates a code chosen by an operator.
    public init(_ text: String) {
        self.text = text
    }

    /// Creates a code of 128 random bits.
    public static func random() -> SetupCode {
        SetupCode(Base64URL.encode(Random.bytes(16)))
    }

    /// Whether a text equals the code, in constant time.
    ///
    /// An empty code, as from an empty environment variable, matches nothing.
    public func matches(_ shown: ArraySlice<UInt8>) -> Bool {
        !text.isEmpty && constantTimeEquals(Array(shown), Array(text.utf8))
    }
}
