import Bytes

/// An address of the plain kind: nothing in it needs quoting, nothing can be mistaken for a command.
struct MailAddress: Sendable, Equatable {
    /// ASCII, at most 254 bytes.
    let text: String

    /// Reads an address; nil when it is not of that kind.
    ///
    /// The local part is a dot-atom (RFC 5322 §3.2.3) of at most 64 bytes, the domain LDH labels
    /// (RFC 5890 §2.3.1), the last of which is no number: mail goes to names (RFC 3696 §2).
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard (3...254).contains(bytes.count), let at = bytes.lastIndex(of: UInt8(ascii: "@")),
            (1...64).contains(at), Self.atoms(of: bytes[..<at], are: \.isAtomText),
            Self.isDomain(bytes[(at + 1)...]),
            !bytes.reversed().prefix(while: { $0 != UInt8(ascii: ".") }).allSatisfy(\.isDigit)
        else { return nil }
        self.text = text
    }

    /// Whether these are labels of letters, digits and hyphens between dots.
    static func isDomain(_ bytes: ArraySlice<UInt8>) -> Bool {
        atoms(of: bytes) { $0.isLetterOrDigit || $0 == UInt8(ascii: "-") }
            && bytes.split(separator: UInt8(ascii: ".")).allSatisfy { label in
                label.count <= 63 && label.first != UInt8(ascii: "-")
                    && label.last != UInt8(ascii: "-")
            }
    }

    private static func atoms(
        of bytes: ArraySlice<UInt8>, are isAllowed: (UInt8) -> Bool
    ) -> Bool {
        bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .allSatisfy { !$0.isEmpty && $0.allSatisfy(isAllowed) }
    }
}

extension UInt8 {
    /// A letter or digit of ASCII.
    var isLetterOrDigit: Bool { isLetter || isDigit }

    /// `atext` (RFC 5322 §3.2.3).
    var isAtomText: Bool {
        isLetterOrDigit || "!#$%&'*+-/=?^_`{|}~".utf8.contains(self)
    }
}
