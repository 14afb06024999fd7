/// Checks a trailer section and keeps nothing of it (RFC 9112 §7.1.2).
///
/// A trailer could repeat a field that the head was judged by; RFC 9110 §6.5.1 lets a recipient
/// drop them all.
struct TrailerSkipper: Sendable {
    private enum Part: Sendable {
        case lineStart
        case name
        case value
        case lineFeed
        case blankLineFeed
    }

    /// Bytes of the section, blank line included.
    private static let maximumBytes = 8_192
    /// Field lines.
    private static let maximumLines = 100

    private var part = Part.lineStart
    private var bytes = 0
    private var lines = 0

    /// Takes in a byte.
    ///
    /// - Returns: Whether it was the last of the section.
    /// - Throws: `fieldsTooLarge` over the bounds; `trailer` for what is no field line.
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
