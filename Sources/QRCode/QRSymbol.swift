import CQREncode

/// A QR Code symbol (ISO/IEC 18004:2015) with error correction level M: a square of dark and light
/// modules.
public struct QRSymbol: Sendable, Equatable {
    /// The most bytes of UTF-8 that the largest symbol has room for, with whatever characters.
    public static let maximumBytes = 2_331

    /// Modules in a row, and in a column: 21 to 177.
    public let width: Int

    /// Row by row, from the top left.
    private let isDark: [Bool]

    /// Encodes a text in a symbol that is about as small as it fits in; nil for an empty text, for a
    /// longer one than `maximumBytes`, and for one with a zero byte.
    ///
    /// Safe on any thread.
    public init?(_ text: String) {
        guard (1...Self.maximumBytes).contains(text.utf8.count), !text.utf8.contains(0),
            let code = unsafe Self.encode(text)
        else { return nil }
        defer { unsafe QRcode_free(code) }
        width = Int(unsafe code.pointee.width)
        // The lowest bit is the colour; the others tell what a module is for.
        isDark = unsafe UnsafeBufferPointer(start: code.pointee.data, count: width * width)
            .map { $0 & 1 == 1 }
    }

    /// The symbol, which the caller frees; nil when it has no room.
    ///
    /// Digits and capitals need fewer bits in modes of their own, but many changes of the mode need
    /// more: what then does not fit is encoded as bytes.
    private static func encode(_ text: String) -> UnsafeMutablePointer<QRcode>? {
        unsafe QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1)
            ?? QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M)
    }

    /// Whether a module is dark.
    ///
    /// - Parameters:
    ///   - row: From the top, 0 to `width` - 1.
    ///   - column: From the left, 0 to `width` - 1.
    public subscript(row: Int, column: Int) -> Bool {
        isDark[row * width + column]
    }
}
