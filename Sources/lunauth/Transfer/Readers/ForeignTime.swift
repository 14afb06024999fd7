import Auth
import Bytes

/// Times as other systems write them.
enum ForeignTime {
    /// Reads a date with a time: `T` or a blank between them, perhaps a fraction, perhaps an offset from UTC
    /// (`Z`, `+00`, `+01:00`), which is UTC where there is none.
    ///
    /// - Parameter text: The text.
    /// - Returns: The time, without what is shorter than a millisecond; nil for another text, and for a year
    ///   before 1970 or after 9999.
    static func parse(_ text: String) -> Timestamp? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 19, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " ")
        else { return nil }
        let plain = String(decoding: bytes[..<10], as: UTF8.self)
        let clock = String(decoding: bytes[11..<19], as: UTF8.self)
        var rest = bytes[19...]
        var milliseconds: Int64 = 0
        if rest.first == UInt8(ascii: ".") {
            let digits = rest.dropFirst().prefix { $0.isDigit }
            guard !digits.isEmpty else { return nil }
            let padded =
                Array(digits.prefix(3)) + [UInt8](repeating: 0x30, count: max(0, 3 - digits.count))
            milliseconds = Decimal.parse(padded).map(Int64.init) ?? 0
            rest = rest.dropFirst(digits.count + 1)
        }
        guard let offset = offset(rest), let time = Timestamp(rfc3339: "\(plain)T\(clock)Z") else {
            return nil
        }
        return Self.milliseconds(time.milliseconds + milliseconds - offset * 60_000)
    }

    /// A time since 1970.
    ///
    /// - Parameter milliseconds: Since 1970-01-01T00:00:00Z.
    /// - Returns: The time; nil for one before, or after the year 9999, which RFC 3339 does not write.
    static func milliseconds(_ milliseconds: Int64) -> Timestamp? {
        guard 0..<253_402_300_800_000 ~= milliseconds else { return nil }
        return Timestamp(milliseconds: milliseconds)
    }

    /// Minutes east of UTC.
    private static func offset(_ text: ArraySlice<UInt8>) -> Int64? {
        if text.isEmpty || text.elementsEqual("Z".utf8) { return 0 }
        let digits = text.dropFirst().filter { $0 != UInt8(ascii: ":") }
        guard let sign = text.first, "+-".utf8.contains(sign), [2, 4].contains(digits.count),
            let hours = Decimal.parse(digits.prefix(2)), hours < 24,
            let minutes = digits.count == 2 ? 0 : Decimal.parse(digits.suffix(2)), minutes < 60
        else { return nil }
        let offset = Int64(hours * 60 + minutes)
        return sign == UInt8(ascii: "-") ? -offset : offset
    }
}

extension Email {
    /// Reads an address of a file.
    ///
    /// - Throws: That there is none, or that it is none.
    static func imported(_ text: String?) throws(TransferProblem) -> Email {
        guard let text, !text.isEmpty else { throw TransferProblem("no email") }
        guard let email = Email(text) else { throw TransferProblem("malformed email") }
        return email
    }
}

extension String {
    /// The text; nil where it is empty.
    var nonEmpty: String? { isEmpty ? nil : self }
}
