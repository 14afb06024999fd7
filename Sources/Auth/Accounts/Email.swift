/// An email address, in the only form in which it is stored and compared.
public struct Email: Sendable, Hashable {
    /// Lower-cased ASCII, 3 to 254 bytes.
    public let address: String

    /// Parses an address without surrounding blanks; nil when this server does not accept it.
    ///
    /// The local part is a dot-atom (RFC 5322 §3.2.3) of at most 64 bytes, the domain LDH labels
    /// (RFC 5890 §2.3.1) of at most 63 bytes, at least two, the last of at least two bytes and not a
    /// number (RFC 3696 §2): mail is sent to names. Quoted local parts, address literals and anything
    /// beyond ASCII are rejected. Only `A` to `Z` change case, so that no other character can fold
    /// into the address of another person.
    public init?(_ text: String) {
        guard let email = Email.existing(text), !email.endsInNumber else { return nil }
        self = email
    }

    /// Parses the address of an existing account; nil when no account can have it.
    ///
    /// Like `init(_:)`, but the last label may be a number: versions before 4 of the schema accepted
    /// `ada@10.0.0.12`, and such an account still signs in and can be looked up.
    public static func existing(_ text: String) -> Email? {
        let bytes = text.trimmingBlanks.utf8.map { byte in
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
        }
        guard (3...254).contains(bytes.count), let at = bytes.lastIndex(of: UInt8(ascii: "@")),
            isLocalPart(bytes[..<at]), isDomain(bytes[(at + 1)...])
        else { return nil }
        return Email(address: String(decoding: bytes, as: UTF8.self))
    }

    private init(address: String) {
        self.address = address
    }

    /// Whether the last label is a number, so that the domain is an IPv4 address or nothing.
    private var endsInNumber: Bool {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        return address.utf8.reversed().prefix { $0 != UInt8(ascii: ".") }
            .allSatisfy(digits.contains)
    }

    /// The part before the `@`.
    public var localPart: Substring {
        address.prefix { $0 != "@" }
    }

    private static func isLocalPart(_ bytes: ArraySlice<UInt8>) -> Bool {
        (1...64).contains(bytes.count)
            && bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
                .allSatisfy { atom in !atom.isEmpty && atom.allSatisfy(isAtomText) }
    }

    private static func isDomain(_ bytes: ArraySlice<UInt8>) -> Bool {
        let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count >= 2, let last = labels.last, last.count >= 2 else { return false }
        return labels.allSatisfy { label in
            (1...63).contains(label.count) && label.first != UInt8(ascii: "-")
                && label.last != UInt8(ascii: "-")
                && label.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
        }
    }

    /// `atext` of RFC 5322 §3.2.3, upper case excluded.
    private static func isAtomText(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

extension Email: CustomStringConvertible {
    /// The address.
    public var description: String { address }
}
