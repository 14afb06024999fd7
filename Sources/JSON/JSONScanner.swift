import Bytes

/// A position in a JSON text, and the tokens that can be taken from it (RFC 8259).
///
/// Each call is given the same bytes, since a span cannot be stored. Errors leave the position where
/// they were found.
struct JSONScanner {
    /// The next byte's index.
    var position = 0

    /// The error of this reason at the position.
    func error(_ reason: JSONError.Reason) -> JSONError { JSONError(reason, at: position) }

    /// Passes white space (RFC 8259 §2).
    @inline(__always)
    mutating func skipSpace(in input: Span<UInt8>) {
        while position < input.count, input[position] <= 0x20 {
            switch input[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    /// The next byte, not taken; nil at the end.
    @inline(__always)
    func next(in input: Span<UInt8>) -> UInt8? {
        position < input.count ? input[position] : nil
    }

    /// Takes `byte` if it is next, and returns whether it was.
    @inline(__always)
    mutating func take(_ byte: UInt8, in input: Span<UInt8>) -> Bool {
        guard next(in: input) == byte else { return false }
        position += 1
        return true
    }

    /// Takes the colon between a name and its value, and the white space around it.
    mutating func skipColon(in input: Span<UInt8>) throws(JSONError) {
        skipSpace(in: input)
        guard take(UInt8(ascii: ":"), in: input) else { throw error(.syntax) }
        skipSpace(in: input)
    }

    /// Takes `true`, `false` or `null`.
    mutating func skipLiteral(_ word: StaticString, in input: Span<UInt8>) throws(JSONError) {
        for index in 0..<word.utf8CodeUnitCount {
            guard take(unsafe word.utf8Start[index], in: input) else { throw error(.syntax) }
        }
    }

    /// Takes a number (RFC 8259 §6) and returns whether it is written as an integer.
    mutating func skipNumber(in input: Span<UInt8>) throws(JSONError) -> Bool {
        _ = take(UInt8(ascii: "-"), in: input)
        // A digit after a leading zero is found by the caller, where a comma should be.
        if !take(UInt8(ascii: "0"), in: input) { try skipDigits(in: input) }
        var isInteger = true
        if take(UInt8(ascii: "."), in: input) {
            isInteger = false
            try skipDigits(in: input)
        }
        if take(UInt8(ascii: "e"), in: input) || take(UInt8(ascii: "E"), in: input) {
            isInteger = false
            if !take(UInt8(ascii: "+"), in: input) { _ = take(UInt8(ascii: "-"), in: input) }
            try skipDigits(in: input)
        }
        return isInteger
    }

    private mutating func skipDigits(in input: Span<UInt8>) throws(JSONError) {
        let start = position
        while let byte = next(in: input), byte.isDigit { position += 1 }
        guard position > start else { throw error(.syntax) }
    }

    /// Takes any value.
    ///
    /// - Parameters:
    ///   - input: The whole text.
    ///   - depth: How many arrays and objects deep it may go from here.
    /// - Throws: `tooDeep`, `syntax` or `encoding`.
    mutating func skipValue(in input: Span<UInt8>, depth: Int) throws(JSONError) {
        switch next(in: input) {
        case UInt8(ascii: "\""): try skipString(in: input)
        case UInt8(ascii: "{"):
            try skipContainer(in: input, end: UInt8(ascii: "}"), hasNames: true, depth: depth)
        case UInt8(ascii: "["):
            try skipContainer(in: input, end: UInt8(ascii: "]"), hasNames: false, depth: depth)
        case UInt8(ascii: "t"): try skipLiteral("true", in: input)
        case UInt8(ascii: "f"): try skipLiteral("false", in: input)
        case UInt8(ascii: "n"): try skipLiteral("null", in: input)
        default: _ = try skipNumber(in: input)
        }
    }

    private mutating func skipContainer(
        in input: Span<UInt8>, end: UInt8, hasNames: Bool, depth: Int
    ) throws(JSONError) {
        guard depth > 0 else { throw error(.tooDeep) }
        position += 1
        skipSpace(in: input)
        if take(end, in: input) { return }
        repeat {
            skipSpace(in: input)
            if hasNames {
                try skipString(in: input)
                try skipColon(in: input)
            }
            try skipValue(in: input, depth: depth - 1)
            skipSpace(in: input)
        } while take(UInt8(ascii: ","), in: input)
        guard take(end, in: input) else { throw error(.syntax) }
    }
}
