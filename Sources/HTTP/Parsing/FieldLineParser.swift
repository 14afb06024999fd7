import Bytes

/// Parses lines of `field-name ":" OWS field-value OWS CRLF` up to the blank one, one byte at a
/// time (RFC 9112 §5).
struct FieldLineParser: Sendable {
    /// A complete line.
    enum Line: Sendable {
        /// A field line.
        case field(Request.Field)
        /// The line that ends the section.
        case blank
    }

    private enum Part: Sendable {
        case lineStart
        case name
        case value
        case lineFeed
        case blankLineFeed
    }

    private var part = Part.lineStart
    private var mark = 0
    private var field = Request.Field(name: .other, start: 0, end: 0)

    /// Continues from a position.
    ///
    /// - Parameters:
    ///   - input: The head so far, at most 65,536 bytes.
    ///   - position: The first byte that was not read; advanced.
    /// - Returns: The next line when it is complete; `position` is then that of the line after it.
    /// - Throws: `fieldName`, `lineFolding`, or a byte that is not allowed in a head.
    mutating func advance(
        _ input: Span<UInt8>, from position: inout Int
    ) throws(MessageError) -> Line? {
        if part == .lineStart { try readLineStart(input, from: &position) }
        if part == .name { try readName(input, from: &position) }
        if part == .value { try readValue(input, from: &position) }
        guard part == .lineFeed || part == .blankLineFeed, position < input.count else {
            return nil
        }
        guard input[position] == .lineFeed else { throw .malformed(.bareCarriageReturn) }
        position += 1
        let line = part == .lineFeed ? Line.field(field) : .blank
        part = .lineStart
        return line
    }

    private mutating func readLineStart(
        _ input: Span<UInt8>, from position: inout Int
    ) throws(MessageError) {
        guard position < input.count else { return }
        if input[position] == .carriageReturn {
            position += 1
            part = .blankLineFeed
        } else if input[position].isWhiteSpace {
            throw .malformed(.lineFolding)
        } else {
            mark = position
            part = .name
        }
    }

    private mutating func readName(
        _ input: Span<UInt8>, from position: inout Int
    ) throws(MessageError) {
        position = input.endOfToken(from: position)
        guard position < input.count else { return }
        guard input[position] == .colon, position > mark else {
            throw .refusing(input[position], .fieldName)
        }
        field.name = FieldName(input.extracting(mark..<position))
        position += 1
        mark = position
        part = .value
    }

    private mutating func readValue(
        _ input: Span<UInt8>, from position: inout Int
    ) throws(MessageError) {
        position = input.endOfFieldContent(from: position)
        guard position < input.count else { return }
        guard input[position] == .carriageReturn else {
            throw .refusing(input[position], .fieldValue)
        }
        let value = input.trimmingWhiteSpace(mark..<position)
        field.start = UInt16(value.lowerBound)
        field.end = UInt16(value.upperBound)
        position += 1
        part = .lineFeed
    }
}
