/// Decodes the framing of a body (RFC 9112 §6, §7.1).
public struct BodyDecoder: Sendable {
    private enum Coding: Sendable {
        /// The number of bytes that are still to come.
        case length(Int)
        case chunked(ChunkedDecoder)
    }

    private var coding: Coding

    /// Creates a decoder at the start of a body.
    ///
    /// - Parameters:
    ///   - framing: How the end of the body is determined.
    ///   - limit: The most bytes of content.
    /// - Throws: `contentTooLarge` when the declared length exceeds the limit.
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

    /// Decodes input and appends the content to `body`.
    ///
    /// - Parameters:
    ///   - input: The bytes after those already decoded.
    ///   - body: The content is appended to it.
    /// - Returns: How many bytes of the input belong to this body; the caller drops them.
    /// - Throws: `contentTooLarge` as soon as a chunk is declared that exceeds the limit; the violated
    ///   rule of the chunked coding; `fieldsTooLarge` for the trailer section.
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
