/// Validates a trailer section and discards it (RFC 9112 §7.1.2).
///
/// A trailer could repeat a field that the head was checked by; RFC 9110 §6.5.1 lets a recipient
/// discard them all.
struct TrailerSkipper: Sendable {
    private enum Part: Sendable {
        case lineStart
        case name
        case value
        case lineFeed
        case blankLineFeed
    }

    /// The most bytes of the section, with the blank line.
    private static let maximumBytes = 8_192
    /// The most field lines.
    private static let maximumLines = 100

    private var part = Part.lineStart
    private var bytes = 0
    private var lines = 0

    /// Processes a byte.
    ///
    /// - Returns: Whether it was the last of the section.
    /// - Throws: `fieldsTooLarge` over the limits; `trailer` for a line that is not a field line.
    mutating func advance(_ byte: UInt8) throws(MessageError) -> Bool {
        bytes += 1
        if bytes > Self.maximumBytes { throw .fieldsTooLarge }
        switch (part, byte) {
        case (.lineStart, .carriageReturn):
            part = .blankLineFeed
        case (.lineStart, _) where byte.isToken:
            lines += 1
            if lines > Self.maximumLines { throw .fieldsTooLarge }
            part = .name
        case (.name, .colon):
            part = .value
        case (.name, _) where byte.isToken, (.value, _) where byte.isFieldContent:
            break
        case (.value, .carriageReturn):
            part = .lineFeed
        case (.lineFeed, .lineFeed):
            part = .lineStart
        case (.blankLineFeed, .lineFeed):
            return true
        default:
            throw .malformed(.trailer)
        }
        return false
    }
}
