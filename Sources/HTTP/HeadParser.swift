/// Turns the bytes of a request head into a `Request`, or asks for more (RFC 9112 §2 to §6).
public struct HeadParser: Sendable {
    /// The bounds of a head.
    public struct Limits: Sendable, Equatable {
        /// Bytes of the whole head, request line and blank line included.
        public var headBytes = 16_384
        /// Bytes of the request-target.
        public var targetBytes = 8_192
        /// Field lines.
        public var fields = 100

        /// The limits of the wire contract.
        public init() {}
    }

    /// A complete head.
    public struct Head: Sendable {
        /// The request, its body still empty.
        public var request: Request
        /// How its body is framed.
        public var framing: Framing
        /// Whether the client waits for `100 Continue` before it sends the body.
        public var expectsContinue: Bool
        /// Bytes of the input that the head took.
        public var length: Int
    }

    /// How the end of a body is found (RFC 9112 §6.3).
    public enum Framing: Sendable, Equatable {
        /// This many bytes; 0 where neither framing field is there.
        case length(Int)
        /// Chunked transfer coding.
        case chunked
    }

    /// A parser at the start of a message.
    public init(limits: Limits = Limits()) {}

    /// Parses what has arrived of a message, from its first byte on.
    ///
    /// Call it again with the same bytes and more after nil; bytes seen before are not scanned
    /// again. After a head or an error the parser stands at the start of the next message.
    /// - Parameter input: All bytes since the start of the message.
    /// - Returns: The head when it is complete, else nil.
    /// - Throws: The rule that is broken, as soon as the bytes seen show it.
    public mutating func parse(_ input: Span<UInt8>) throws(MessageError) -> Head? { nil }
}

/// Removes the framing of a body (RFC 9112 §6, §7.1).
public struct BodyDecoder: Sendable {
    /// A decoder at the start of a body.
    ///
    /// - Parameter limit: The most bytes of content.
    /// - Throws: `contentTooLarge` when the announced length is over the limit.
    public init(framing: HeadParser.Framing, limit: Int) throws(MessageError) {}

    /// Whether the body is complete.
    public var isComplete: Bool { true }

    /// Decodes what has arrived and appends the content to `body`.
    ///
    /// - Returns: How many bytes of the input belong to this body; the caller drops them.
    public mutating func decode(
        _ input: Span<UInt8>, into body: inout [UInt8]
    ) throws(MessageError) -> Int { 0 }
}
