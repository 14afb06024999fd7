import Bytes

/// Strings (RFC 8259 §7).
extension JSONScanner {
    /// Takes a string.
    ///
    /// - Parameter input: The whole text.
    /// - Returns: The string, its escapes resolved.
    /// - Throws: `syntax` for a control character, a bad escape or no end; `encoding` for bytes that
    ///   are not UTF-8, at the opening quote, or for half a surrogate pair.
    mutating func string(in input: Span<UInt8>) throws(JSONError) -> String {
        if let text = takePlainString(in: input) {
            // Nothing to validate.
            return String(
                copying: unsafe UTF8Span(unchecked: input.extracting(text), isKnownASCII: true))
        }
        let start = position
        let hasEscapes = try skipQuoted(in: input)
        let quoted = input.extracting(start + 1..<position - 1)
        let text: UTF8Span
        do {
            // What is UTF-8 with its escapes, which are ASCII, is UTF-8 without them.
            text = try UTF8Span(validating: quoted)
        } catch {
            position = start
            throw self.error(.encoding)
        }
        return hasEscapes ? Self.resolved(quoted) : String(copying: text)
    }

    /// Passes a string, checked as `string(in:)` checks it.
    mutating func skipString(in input: Span<UInt8>) throws(JSONError) {
        if takePlainString(in: input) == nil { _ = try string(in: input) }
    }

    /// Takes a string if it is `text` written without escapes, and returns whether it was.
    ///
    /// - Parameters:
    ///   - text: Free of characters that must be escaped.
    ///   - input: The whole text.
    /// - Returns: False leaves the position where it was.
    mutating func takeString(_ text: [UInt8], in input: Span<UInt8>) -> Bool {
        let end = position + text.count + 1
        let quote = UInt8(ascii: "\"")
        guard end < input.count, input[position] == quote, input[end] == quote,
            input.extracting(position + 1..<end).equals(text.span)
        else { return false }
        position = end + 1
        return true
    }

    /// Takes a string of printable ASCII without escapes, as most are, and returns its range without
    /// the quotes.
    ///
    /// - Returns: Nil leaves the position where it was: another string, or none.
    mutating func takePlainString(in input: Span<UInt8>) -> Range<Int>? {
        let quote = UInt8(ascii: "\"")
        guard next(in: input) == quote else { return nil }
        let start = position + 1
        guard let end = input.firstIndex(of: quote, from: start),
            Self.isPlain(input.extracting(start..<end))
        else { return nil }
        position = end + 1
        return start..<end
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

    /// Passes a string with its quotes, and returns whether there are escapes in it.
    private mutating func skipQuoted(in input: Span<UInt8>) throws(JSONError) -> Bool {
        guard take(UInt8(ascii: "\""), in: input) else { throw error(.syntax) }
        var hasEscapes = false
        while let byte = next(in: input) {
            guard byte >= 0x20 else { break }
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return hasEscapes
            case UInt8(ascii: "\\"):
                hasEscapes = true
                try skipEscape(in: input)
            default: continue
            }
        }
        throw error(.syntax)
    }
}

/// Escapes are checked first and resolved afterwards, in the storage of the string that is returned:
/// bodies contain passwords, and a copy on the way would have to be wiped.
extension JSONScanner {
    /// Passes what follows a backslash.
    private mutating func skipEscape(in input: Span<UInt8>) throws(JSONError) {
        switch next(in: input) {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 1
        case UInt8(ascii: "u"):
            position += 1
            switch try codeUnit(in: input) {
            case 0xD800..<0xDC00:
                // Only a low surrogate, itself escaped, may follow a high one.
                guard take(UInt8(ascii: "\\"), in: input), take(UInt8(ascii: "u"), in: input),
                    0xDC00..<0xE000 ~= (try codeUnit(in: input))
                else { throw error(.encoding) }
            case 0xDC00..<0xE000: throw error(.encoding)
            default: return
            }
        default: throw error(.syntax)
        }
    }

    /// Takes the four digits of a `\u` escape.
    private mutating func codeUnit(in input: Span<UInt8>) throws(JSONError) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = next(in: input)?.hexadecimalDigit else { throw error(.syntax) }
            code = code << 4 | UInt32(digit)
            position += 1
        }
        return code
    }

    /// The text of UTF-8 between quotes whose escapes have been checked.
    private static func resolved(_ quoted: Span<UInt8>) -> String {
        // No escape is shorter than what it stands for.
        unsafe String(unsafeUninitializedCapacity: quoted.count) { storage in
            var (index, count) = (0, 0)
            while index < quoted.count {
                let byte = quoted[index]
                index += 1
                if byte != UInt8(ascii: "\\") {
                    unsafe storage[count] = byte
                    count += 1
                } else {
                    for byte in resolvedEscape(in: quoted, at: &index).utf8 {
                        unsafe storage[count] = byte
                        count += 1
                    }
                }
            }
            return count
        }
    }

    private static func resolvedEscape(
        in quoted: Span<UInt8>, at index: inout Int
    ) -> Unicode.Scalar {
        let byte = quoted[index]
        index += 1
        switch byte {
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            var code = resolvedCodeUnit(in: quoted, at: &index)
            if 0xD800..<0xDC00 ~= code {
                // The low surrogate follows, after `\u`.
                index += 2
                let low = resolvedCodeUnit(in: quoted, at: &index)
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            return Unicode.Scalar(code) ?? "\u{FFFD}"
        default: return Unicode.Scalar(byte)
        }
    }

    private static func resolvedCodeUnit(in quoted: Span<UInt8>, at index: inout Int) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            code = code << 4 | UInt32(quoted[index].hexadecimalDigit ?? 0)
            index += 1
        }
        return code
    }
}
