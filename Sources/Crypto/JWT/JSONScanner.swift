/// A place in a JSON text, and the tokens that can be taken from it (RFC 8259).
struct JSONScanner {
    /// The next byte's index.
    private(set) var position = 0

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

    /// The byte at the place, not taken; nil at the end.
    @inline(__always)
    func next(in input: Span<UInt8>) -> UInt8? {
        position < input.count ? input[position] : nil
    }

    /// Takes `byte` if it is next, and says whether.
    @inline(__always)
    mutating func take(_ byte: UInt8, in input: Span<UInt8>) -> Bool {
        guard next(in: input) == byte else { return false }
        position += 1
        return true
    }

    /// Takes the colon between a name and its value, and the white space around it.
    mutating func skipColon(in input: Span<UInt8>) throws(JSONError) {
        skipSpace(in: input)
        guard take(UInt8(ascii: ":"), in: input) else { throw .syntax }
        skipSpace(in: input)
    }

    /// Takes a string if it is `text` written without escapes, and says whether.
    ///
    /// - Parameters:
    ///   - text: Free of characters that must be escaped.
    ///   - input: The whole text.
    /// - Returns: False leaves the place where it was.
    mutating func takeString(_ text: [UInt8], in input: Span<UInt8>) -> Bool {
        let end = position + text.count + 1
        let quote = UInt8(ascii: "\"")
        guard end < input.count, input[position] == quote, input[end] == quote,
            input.extracting(position + 1..<end).equals(text.span)
        else { return false }
        position = end + 1
        return true
    }

    /// Takes a string (RFC 8259 §7).
    ///
    /// - Parameter input: The whole text.
    /// - Returns: The string, escapes resolved.
    /// - Throws: `syntax` for a control character, a bad escape or no end; `encoding` for bytes that
    ///   are no UTF-8 or half a surrogate pair.
    mutating func string(in input: Span<UInt8>) throws(JSONError) -> String {
        if let text = takePlainString(in: input) {
            // Nothing to validate.
            return String(
                copying: unsafe UTF8Span(unchecked: input.extracting(text), isKnownASCII: true))
        }
        guard take(UInt8(ascii: "\""), in: input) else { throw .syntax }
        return try resolvedString(in: input)
    }

    /// Takes a string of printable ASCII without escapes, as most are, and says where it stands.
    ///
    /// - Returns: Nil leaves the place where it was: another string, or none.
    mutating func takePlainString(in input: Span<UInt8>) -> Range<Int>? {
        let quote = UInt8(ascii: "\"")
        guard next(in: input) == quote else { return nil }
        let start = position + 1
        guard let end = input.firstIndex(of: quote, from: start) else { return nil }
        guard Self.isPlain(input.extracting(start..<end)) else { return nil }
        position = end + 1
        return start..<end
    }

    /// Takes a string if it is a UUID written without escapes.
    ///
    /// - Returns: Nil leaves the place where it was.
    mutating func takeUUID(in input: Span<UInt8>) -> UUID? {
        let end = position + 37
        let quote = UInt8(ascii: "\"")
        guard end < input.count, input[position] == quote, input[end] == quote,
            let id = UUID(parsing: input.extracting(position + 1..<end))
        else { return nil }
        position = end + 1
        return id
    }

    /// Whether a text is ASCII in which no byte has to be escaped.
    private static func isPlain(_ text: Span<UInt8>) -> Bool {
        unsafe text.withUnsafeBufferPointer { text in
            var faults: UInt8 = 0
            for index in text.indices {
                let byte = unsafe text[index]
                faults |= byte & 0x80
                faults |= byte < 0x20 ? 1 : 0
                faults |= byte == UInt8(ascii: "\\") ? 1 : 0
            }
            return faults == 0
        }
    }

    /// Takes what follows the opening quote of a string that has escapes or is not all ASCII.
    private mutating func resolvedString(in input: Span<UInt8>) throws(JSONError) -> String {
        var resolved: [UInt8] = []
        while let byte = next(in: input) {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return try Self.text(resolved.span)
            case UInt8(ascii: "\\"): resolved.append(contentsOf: try escape(in: input))
            case 0..<0x20: throw .syntax
            default: resolved.append(byte)
            }
        }
        throw .syntax
    }

    /// Takes a number (RFC 8259 §6) and says whether it is an integer as written.
    mutating func skipNumber(in input: Span<UInt8>) throws(JSONError) -> Bool {
        _ = take(UInt8(ascii: "-"), in: input)
        // No digit may follow a leading zero: the caller finds one where a comma should be.
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

    /// Takes any value.
    ///
    /// - Parameters:
    ///   - input: The whole text.
    ///   - depth: How many arrays and objects deep it may go from here.
    /// - Throws: `tooDeep`, `syntax` or `encoding`.
    mutating func skipValue(in input: Span<UInt8>, depth: Int) throws(JSONError) {
        switch next(in: input) {
        case UInt8(ascii: "\""): _ = try string(in: input)
        case UInt8(ascii: "{"): try skipContainer(in: input, end: "}", hasNames: true, depth: depth)
        case UInt8(ascii: "["):
            try skipContainer(in: input, end: "]", hasNames: false, depth: depth)
        case UInt8(ascii: "t"): try skipLiteral("true", in: input)
        case UInt8(ascii: "f"): try skipLiteral("false", in: input)
        case UInt8(ascii: "n"): try skipLiteral("null", in: input)
        default: _ = try skipNumber(in: input)
        }
    }

    private mutating func skipContainer(
        in input: Span<UInt8>, end: Unicode.Scalar, hasNames: Bool, depth: Int
    ) throws(JSONError) {
        guard depth > 0 else { throw .tooDeep }
        position += 1
        skipSpace(in: input)
        if take(UInt8(ascii: end), in: input) { return }
        repeat {
            skipSpace(in: input)
            if hasNames {
                _ = try string(in: input)
                try skipColon(in: input)
            }
            try skipValue(in: input, depth: depth - 1)
            skipSpace(in: input)
        } while take(UInt8(ascii: ","), in: input)
        guard take(UInt8(ascii: end), in: input) else { throw .syntax }
    }

    private mutating func skipLiteral(_ word: String, in input: Span<UInt8>) throws(JSONError) {
        for byte in word.utf8 {
            guard take(byte, in: input) else { throw .syntax }
        }
    }

    private mutating func skipDigits(in input: Span<UInt8>) throws(JSONError) {
        let start = position
        while let byte = next(in: input),
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        { position += 1 }
        guard position > start else { throw .syntax }
    }

    /// Takes what follows a backslash and gives the UTF-8 it stands for.
    private mutating func escape(in input: Span<UInt8>) throws(JSONError) -> [UInt8] {
        guard let byte = next(in: input) else { throw .syntax }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): break
        default: throw .syntax
        }
        var code = try codeUnit(in: input)
        if 0xD800..<0xDC00 ~= code {
            // Only a low surrogate, itself escaped, may follow a high one.
            guard take(UInt8(ascii: "\\"), in: input), take(UInt8(ascii: "u"), in: input)
            else { throw .encoding }
            let low = try codeUnit(in: input)
            guard 0xDC00..<0xE000 ~= low else { throw .encoding }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        // None for a low surrogate alone.
        guard let scalar = Unicode.Scalar(code) else { throw .encoding }
        return Array(String(Character(scalar)).utf8)
    }

    /// Takes the four digits of a `\u` escape.
    private mutating func codeUnit(in input: Span<UInt8>) throws(JSONError) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = next(in: input).flatMap(Hex.value(of:)) else { throw .syntax }
            code = code << 4 | UInt32(digit)
            position += 1
        }
        return code
    }

    private static func text(_ bytes: Span<UInt8>) throws(JSONError) -> String {
        do {
            return String(copying: try UTF8Span(validating: bytes))
        } catch {
            throw .encoding
        }
    }
}
