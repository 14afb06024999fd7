import Bytes

/// Decodes the chunked transfer coding (RFC 9112 §7.1).
///
/// Extensions and trailers are skipped, both within limits: bytes without content must not keep a
/// connection busy for ever.
struct ChunkedDecoder: Sendable {
    private enum Part: Sendable {
        case size
        case extensions
        case sizeLineFeed
        case data
        case dataReturn
        case dataLineFeed
        case trailer
        case complete
    }

    /// The most bytes of a line with a chunk-size, with CRLF.
    private static let sizeLineBytes = 256
    /// By how many bytes the framing may exceed the content.
    private static let overheadBytes = 65_536

    private let limit: Int
    private var part = Part.size
    private var digits = 0
    private var lineBytes = 0
    /// The chunk-size while it is read, then the bytes of the chunk that are still to come.
    private var remaining = 0
    private var received = 0
    private var overhead = 0
    private var trailer = TrailerSkipper()

    /// Creates a decoder at the start of a body.
    ///
    /// - Parameter limit: The most bytes of content.
    init(limit: Int) {
        self.limit = limit
    }

    /// Whether the last byte of the trailer section was decoded.
    var isComplete: Bool { part == .complete }

    /// Decodes input; see `BodyDecoder.decode`.
    mutating func decode(
        _ input: Span<UInt8>, into body: inout [UInt8]
    ) throws(MessageError) -> Int {
        var position = 0
        while position < input.count, part != .complete {
            if part == .data {
                let data = input.extracting(position...).extracting(first: remaining)
                body.append(copying: data)
                position += data.count
                received += data.count
                remaining -= data.count
                if remaining == 0 { part = .dataReturn }
            } else {
                try advance(input[position])
                position += 1
            }
        }
        return position
    }

    /// Processes a byte that is not content.
    private mutating func advance(_ byte: UInt8) throws(MessageError) {
        if part == .trailer {
            if try trailer.advance(byte) { part = .complete }
            return
        }
        overhead += 1
        if overhead > received + Self.overheadBytes { throw .malformed(.chunkSize) }
        switch part {
        case .size, .extensions, .sizeLineFeed:
            try advanceSizeLine(byte)
        case .dataReturn:
            guard byte == .carriageReturn else { throw .malformed(.chunkData) }
            part = .dataLineFeed
        case .dataLineFeed:
            guard byte == .lineFeed else { throw .malformed(.chunkData) }
            part = .size
        case .data, .trailer, .complete:
            break
        }
    }

    /// Processes a byte of `chunk-size [ chunk-ext ] CRLF`.
    ///
    /// White space between size and extensions is refused, although RFC 9112 §7.1.1 lets a server
    /// accept it: two readers that see two sizes make request smuggling possible.
    private mutating func advanceSizeLine(_ byte: UInt8) throws(MessageError) {
        lineBytes += 1
        if lineBytes > Self.sizeLineBytes { throw .malformed(.chunkSize) }
        if part == .size, digits < 8, let digit = byte.hexadecimalDigit {
            remaining = remaining << 4 | digit
            digits += 1
            return
        }
        switch (part, byte) {
        case (.size, UInt8(ascii: ";")) where digits > 0:
            try checkSize()
            part = .extensions
        case (.size, .carriageReturn) where digits > 0:
            try checkSize()
            part = .sizeLineFeed
        case (.extensions, .carriageReturn):
            part = .sizeLineFeed
        case (.extensions, _) where byte.isFieldContent:
            break
        case (.sizeLineFeed, .lineFeed):
            part = remaining == 0 ? .trailer : .data
            digits = 0
            lineBytes = 0
        default:
            throw .malformed(.chunkSize)
        }
    }

    private func checkSize() throws(MessageError) {
        if remaining > limit - received { throw .contentTooLarge }
    }
}
