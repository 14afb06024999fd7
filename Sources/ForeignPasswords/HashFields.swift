import Bytes

/// The fields of a hash between its dollar signs.
struct HashFields {
    /// All of them; the first is empty where the text begins with a dollar sign.
    let all: [Substring]
    /// Whether every byte is a printable one of ASCII.
    let isPrintable: Bool

    init(_ text: String) {
        all = text.prefix(ForeignHash.maximumBytes + 1)
            .split(separator: "$", omittingEmptySubsequences: false)
        isPrintable = text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    var count: Int { all.count }

    /// A field; empty where there are fewer.
    subscript(index: Int) -> Substring { index < all.count ? all[index] : "" }

    /// The text behind a field and its dollar sign.
    func rest(after index: Int) -> String { all.dropFirst(index + 1).joined(separator: "$") }

    /// In place of the name of a text that has none.
    static let noName = "?"

    /// Forms that are named in a report: another text may be a password, of which nothing is shown.
    private static let names: Set<String> = [
        "$1$", "$2a$", "$2b$", "$2x$", "$2y$", "$3$", "$5$", "$6$", "$7$", "$H$", "$P$", "$S$",
        "$apr1$",
        "$argon2$", "$argon2d$", "$argon2i$", "$argon2id$", "$bcrypt-sha256$", "$fbscrypt$", "$gy$",
        "$md5$",
        "$pbkdf2$", "$pbkdf2-sha1$", "$pbkdf2-sha256$", "$pbkdf2-sha512$", "$s0$", "$s2$",
        "$scram$",
        "$scrypt$", "$sha1$", "$sm3$", "$y$", "argon2", "bcrypt", "bcrypt_sha256", "crypt", "md5",
        "pbkdf2_sha1", "pbkdf2_sha256", "pbkdf2_sha512", "scrypt", "sha1", "sha256", "unsalted_md5",
        "unsalted_sha1", "{ARGON2}", "{BLF-CRYPT}", "{CLEAR}", "{CLEARTEXT}", "{CRAM-MD5}",
        "{CRYPT}", "{MD5}",
        "{PBKDF2}", "{PLAIN}", "{SHA}", "{SHA256}", "{SHA512}", "{SMD5}", "{SSHA}", "{SSHA256}",
        "{SSHA512}",
    ]

    /// How the text names its form, where that is one of the known names.
    var name: String {
        let first = all.first ?? ""
        let name =
            if first.hasPrefix("{") {
                "\(first.prefix { $0 != "}" })}"
            } else {
                first.isEmpty ? "$\(self[1])$" : String(first)
            }
        let isNamed = count > 1 || first.hasPrefix("{")
        return isNamed && Self.names.contains(name) ? name : Self.noName
    }

    /// The numbers of a field such as `m=65536,t=3,p=4`; nil unless it has just these names, in this order.
    static func numbers(_ field: Substring, _ names: String...) -> [Int]? {
        let parts = field.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == names.count else { return nil }
        var numbers: [Int] = []
        for (part, name) in zip(parts, names) {
            guard part.hasPrefix("\(name)="), let number = number(part.dropFirst(name.count + 1))
            else { return nil }
            numbers.append(number)
        }
        return numbers
    }

    /// A number that may begin with zeros, as the cost of bcrypt does; nil for anything else.
    static func decimal(_ digits: Substring) -> Int? {
        Decimal.parse(digits.utf8, maximumDigits: 10)
    }

    /// A number without leading zeros; nil for anything else.
    static func number(_ digits: Substring) -> Int? {
        Decimal.parse(digits.utf8, maximumDigits: 10, leadingZeros: .refused)
    }
}

extension UInt8 {
    /// Whether it is a letter or digit of ASCII.
    var isLetterOrDigit: Bool { isLetter || isDigit }

    /// Whether it is a symbol of the base 64 of crypt(5).
    var isCryptSymbol: Bool {
        isLetterOrDigit || self == UInt8(ascii: ".") || self == UInt8(ascii: "/")
    }
}
