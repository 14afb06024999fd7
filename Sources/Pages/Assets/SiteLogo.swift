/// The logo of the site: an image that the operator chose.
public struct SiteLogo: Sendable, Equatable {
    /// The image.
    public let bytes: [UInt8]
    /// Its type.
    public let format: Format

    /// The types of images that every browser shows.
    public enum Format: String, Sendable, CaseIterable {
        case png, webp, svg

        /// The media type (RFC 2083, RFC 9649, SVG 2 §M).
        public var mediaType: String {
            switch self {
            case .png: "image/png"
            case .webp: "image/webp"
            case .svg: "image/svg+xml"
            }
        }
    }

    /// The most bytes: a logo is kept in memory and sent to every visitor.
    public static let maximumBytes = 256 << 10

    /// Recognises an image by its first bytes; nil when it is of another type, empty or too large.
    ///
    /// The name of a file says nothing: a type that differs from the content would have browsers
    /// guess, or show nothing.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count <= Self.maximumBytes, let format = Self.format(of: bytes) else {
            return nil
        }
        self.bytes = bytes
        self.format = format
    }

    private static func format(of bytes: [UInt8]) -> Format? {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
        // RIFF, the size of the file, and the type of its content (RFC 9649 §2.4).
        if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) {
            return .webp
        }
        return isSVG(bytes) ? .svg : nil
    }

    /// Whether the root element is `svg`, after what may precede it in XML: a byte order mark, white
    /// space, a declaration, instructions, comments and a document type.
    private static func isSVG(_ bytes: [UInt8]) -> Bool {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        var rest = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
        while true {
            rest = rest.drop(while: isSpace)
            guard let part = Prologue.allCases.first(where: { rest.starts(with: $0.rawValue.utf8) })
            else { break }
            for end in part.ends(in: rest) {
                guard let found = rest.firstRange(of: Array(end.utf8)) else { return false }
                rest = rest[found.upperBound...]
            }
        }
        guard rest.starts(with: "<svg".utf8), let next = rest.dropFirst(4).first else {
            return false
        }
        return isSpace(next) || next == UInt8(ascii: ">") || next == UInt8(ascii: "/")
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        [0x20, 0x09, 0x0A, 0x0D].contains(byte)
    }

    /// What may precede the root element, by its first characters.
    private enum Prologue: String, CaseIterable {
        case instruction = "<?"
        case comment = "<!--"
        case documentType = "<!DOCTYPE"

        /// The texts that end it, one after the other.
        func ends(in text: ArraySlice<UInt8>) -> [String] {
            switch self {
            case .instruction: return ["?>"]
            case .comment: return ["-->"]
            case .documentType:
                // Declarations of entities between brackets have ends of their own.
                let first = text.first { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: ">") }
                return first == UInt8(ascii: "[") ? ["]", ">"] : [">"]
            }
        }
    }
}
