/// A header field of a mail: ASCII, in lines of at most 76 characters where that is
/// possible (RFC 5322 §2.2.3), anything else in encoded words (RFC 2047).
struct HeaderField {
    private static let maximumColumns = 76
    /// The characters around the text of an encoded word.
    private static let frame = (begin: "=?UTF-8?B?", end: "?=")

    private(set) var text: String
    private var column: Int

    /// A field that is a text for people, such as Subject.
    ///
    /// - Parameters:
    ///   - name: Of the field.
    ///   - text: One line.
    init(_ name: String, text: String) {
        self.init(name)
        if Self.isPlain(text) {
            for word in text.split(separator: " ") { append(word) }
        } else {
            appendEncoded(text)
        }
    }

    /// A field that is a mailbox, such as From.
    init(_ name: String, _ mailbox: Mailbox) {
        self.init(name)
        if let name = mailbox.name {
            let isPlain = Self.isPlain(name)
            if isPlain, name.utf8.allSatisfy({ $0.isAtomText || $0 == UInt8(ascii: " ") }) {
                for word in name.split(separator: " ") { append(word) }
            } else if isPlain, name.utf8.count <= 60 {
                append(Mailbox.quoted(name))
            } else {
                appendEncoded(name)
            }
            append("<\(mailbox.address.text)>")
        } else {
            append(mailbox.address.text)
        }
    }

    /// A field whose value is made by this program, of words that need no encoding.
    init(_ name: String, verbatim value: String) {
        self.init(name)
        for word in value.split(separator: " ") { append(word) }
    }

    private init(_ name: String) {
        text = "\(name):"
        column = text.utf8.count
    }

    /// Whether a text reads the same after it was cut at its spaces and put together again.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?")
            && text.split(separator: " ", omittingEmptySubsequences: false)
                .allSatisfy { (1...60).contains($0.utf8.count) }
    }

    private mutating func append(_ word: some StringProtocol) {
        let isFolded = column + 1 + word.utf8.count > Self.maximumColumns
        text += isFolded ? "\r\n " : " "
        text += word
        column = (isFolded ? 1 : column + 1) + word.utf8.count
    }

    /// Appends encoded words, none of which begins or ends within a character (RFC 2047 §5).
    private mutating func appendEncoded(_ text: String) {
        var word: [UInt8] = []
        for scalar in text.unicodeScalars {
            let bytes = String(scalar).utf8
            if word.count + bytes.count > capacity {
                appendEncodedWord(word)
                word.removeAll()
            }
            word.append(contentsOf: bytes)
        }
        if !word.isEmpty { appendEncodedWord(word) }
    }

    private mutating func appendEncodedWord(_ bytes: [UInt8]) {
        append(Self.frame.begin + PaddedBase64.encode(bytes) + Self.frame.end)
    }

    /// How many bytes the next encoded word may have: those that fit on this line if it has room for
    /// some characters, else on the next.
    private var capacity: Int {
        let overhead = 1 + Self.frame.begin.utf8.count + Self.frame.end.utf8.count
        let here = (Self.maximumColumns - column - overhead) / 4 * 3
        return here >= 12 ? here : (Self.maximumColumns - overhead) / 4 * 3
    }
}
