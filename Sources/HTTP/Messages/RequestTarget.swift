import Bytes

/// The ranges of the parts of a request-target (RFC 9112 §3.2).
struct RequestTarget: Sendable {
    /// The path; `*` for asterisk-form.
    let path: Range<Int>
    /// The query after the first `?`.
    let query: Range<Int>?
    /// The authority of absolute-form.
    let authority: Range<Int>?

    /// Parses a target in origin-form, absolute-form of `http` and `https`, or asterisk-form.
    ///
    /// Authority-form belongs to CONNECT, which is not one of `Method`.
    /// - Throws: `requestTarget`, also for an authority that would be invalid in Host.
    init(
        _ input: Span<UInt8>, _ range: Range<Int>, method: Method
    ) throws(MessageError) {
        let target = input.extracting(range)
        if target.equals("*") {
            guard method == .options else { throw .malformed(.requestTarget) }
            (path, query, authority) = (range, nil, nil)
            return
        }
        if target[0] == UInt8(ascii: "/") {
            authority = nil
            (path, query) = try Self.split(input, range)
            return
        }
        guard let schemeLength = Self.schemeLength(target) else {
            throw .malformed(.requestTarget)
        }
        let start = range.lowerBound + schemeLength
        var end = start
        while end < range.upperBound, input[end] != UInt8(ascii: "/"),
            input[end] != UInt8(ascii: "?")
        {
            end += 1
        }
        guard HostGrammar.isValid(input.extracting(start..<end)) else {
            throw .malformed(.requestTarget)
        }
        authority = start..<end
        let (path, query) = try Self.split(input, end..<range.upperBound)
        // An empty path is `/` (RFC 9110 §4.2.3): the last byte of the scheme's `//` is used.
        self.path = path.isEmpty ? (start - 1)..<start : path
        self.query = query
    }

    /// The length of `http://` or `https://` at the start of a target; nil for anything else.
    private static func schemeLength(_ target: Span<UInt8>) -> Int? {
        if target.extracting(first: 7).spells("http://") { return 7 }
        if target.extracting(first: 8).spells("https://") { return 8 }
        return nil
    }

    /// Splits pchar, `/` and `?` at the first `?` (RFC 3986 §3.3, §3.4).
    private static func split(
        _ input: Span<UInt8>, _ range: Range<Int>
    ) throws(MessageError) -> (path: Range<Int>, query: Range<Int>?) {
        var question: Int?
        var index = range.lowerBound
        let input = input.extracting(first: range.upperBound)
        while true {
            index = input.endOfPlainPath(from: index)
            guard index < input.count else { break }
            let byte = input[index]
            if byte == UInt8(ascii: "?") {
                question = question ?? index
            } else if byte == UInt8(ascii: "%") {
                guard input.extracting(index...).startsWithEscape else {
                    throw .malformed(.requestTarget)
                }
                index += 2
            } else if !ASCIISet.path.contains(byte) {
                throw .malformed(.requestTarget)
            }
            index += 1
        }
        guard let question else { return (range, nil) }
        return (range.lowerBound..<question, (question + 1)..<range.upperBound)
    }
}

extension Span<UInt8> {
    /// Whether the first three bytes are a percent sign and two hexadecimal digits.
    var startsWithEscape: Bool {
        count >= 3 && self[0] == UInt8(ascii: "%") && self[1].hexadecimalDigit != nil
            && self[2].hexadecimalDigit != nil
    }
}
