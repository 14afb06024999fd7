import Bytes

@testable import HTTP

/// A chunked body that the decoder accepts is accepted by a line-by-line reader too, with the same
/// content and the same end.
enum ChunkedHarness {
    private static let limit = 4_096

    /// An accepted body: its content, and its length in the input.
    private struct Body: Equatable {
        var content: [UInt8] = []
        var length = 0
    }

    static func run(_ input: [UInt8]) throws(BrokenProperty) {
        let whole = decode(input, arriving: [input.count])
        for ends in Cuts.several(of: input) {
            try check(decode(input, arriving: ends) == whole, "another body cut at \(ends)")
        }
        guard case .success(let body?) = whole else { return }
        try check(body.content.count <= limit, "a body over its bound")
        let plain = readLineByLine(input)
        try check(plain == body, "\(body) is \(plain.map { "\($0)" } ?? "none") line by line")
    }

    /// The body; nil when it is incomplete.
    private static func decode(
        _ input: [UInt8], arriving ends: [Int]
    ) -> Result<Body?, MessageError> {
        var body = Body()
        do throws(MessageError) {
            var decoder = try BodyDecoder(framing: .chunked, limit: limit)
            for end in ends where !decoder.isComplete {
                body.length += try decoder.decode(
                    input.span.extracting(body.length..<end), into: &body.content)
            }
            return .success(decoder.isComplete ? body : nil)
        } catch {
            return .failure(error)
        }
    }

    /// RFC 9112 §7.1 without regard to speed or limits; nil for anything but a chunked body.
    private static func readLineByLine(_ input: [UInt8]) -> Body? {
        var body = Body()
        var rest = input[...]
        while let line = takeLine(&rest) {
            let digits = line.prefix { $0 != UInt8(ascii: ";") }
            guard let size = Int(String(decoding: digits, as: UTF8.self), radix: 16),
                digits.allSatisfy({ $0.hexadecimalDigit != nil })
            else { return nil }
            guard size > 0 else {
                while let trailer = takeLine(&rest) {
                    guard trailer.isEmpty else { continue }
                    body.length = rest.startIndex
                    return body
                }
                return nil
            }
            guard rest.count >= size + 2 else { return nil }
            body.content += rest.prefix(size)
            rest = rest.dropFirst(size)
            guard takeLine(&rest) == [] else { return nil }
        }
        return nil
    }

    private static func takeLine(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        for index in rest.indices.dropLast() where rest[index] == 13 && rest[index + 1] == 10 {
            defer { rest = rest[(index + 2)...] }
            return rest[..<index]
        }
        return nil
    }
}
