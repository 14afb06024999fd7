/// Removes the framing of a body (RFC 9112 §6, §7.1).
public struct BodyDecoder: Sendable {
    private enum Coding: Sendable {
        /// So many bytes are still to come.
        case length(Int)
        case chunked(ChunkedDecoder)
    }

    private var coding: Coding

    /// A decoder at the start of a body.
    ///
    /// - Parameters:
    ///   - framing: How the end of the body is found.
    ///   - limit: The most bytes of content.
    /// - Throws: `contentTooLarge` when the announced length is over the limit.
    public init(framing: HeadParser.Framing, limit: Int) throws(MessageError) {
        switch framing {
        case .length(let length):
            if length > limit { throw .contentTooLarge }
            coding = .length(length)
        case .chunked:
            coding = .chunked(ChunkedDecoder(limit: limit))
        }
    }

    /// Whether the body is complete.
    public var isComplete: Bool {
        switch coding {
        case .length(let remaining): remaining <= 0
        case .chunked(let decoder): decoder.isComplete
        }
    }

    /// Decodes what has arrived and appends the content to `body`.
    ///
    /// - Parameters:
    ///   - input: What follows the bytes already decoded.
    ///   - body: Where the content goes.
    /// - Returns: How many bytes of the input belong to this body; the caller drops them.
    /// - Throws: `contentTooLarge` as soon as a chunk is announced that exceeds the limit; the
    ///   rule of the chunked coding that is broken; `fieldsTooLarge` for the trailer section.
    public mutating func decode(
        _ input: Span<UInt8>, into body: inout [UInt8]
    ) throws(MessageError) -> Int {
        switch coding {
        case .length(let remaining):
            let content = input.extracting(first: max(remaining, 0))
            body.append(copying: content)
            coding = .length(remaining - content.count)
            return content.count
        case .chunked(var decoder):
            let consumed = try decoder.decode(input, into: &body)
            coding = .chunked(decoder)
            return consumed
        }
    }
}
