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

    /// How the text names its form, for a report: never more than its name.
    var name: String {
        let first = all.first ?? ""
        let name = first.isEmpty ? self[1] : first.prefix { $0 != "}" }
        let isName = name.utf8.allSatisfy { $0.isLetterOrDigit || "-_{".utf8.contains($0) }
        // A text without a dollar sign may be a hash without a name, of which nothing is shown.
        guard count > 1 || first.hasPrefix("{"), !name.isEmpty, name.utf8.count <= 24, isName
        else { return Self.noName }
        return first.isEmpty ? "$\(name)$" : first.hasPrefix("{") ? "\(name)}" : String(name)
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
