import Auth
import Crypto

/// The query of a request-target, or a form, as `application/x-www-form-urlencoded`.
///
/// What is not UTF-8 once it is decoded is refused: replaced bytes would be another password or name.
package enum Query {
    /// The values of a name, in order; a malformed escape is kept as it is.
    ///
    /// - Throws: `invalidInput` when one is not UTF-8.
    package static func values(
        of name: String, in query: ArraySlice<UInt8>?
    ) throws(RequestError) -> [String] {
        var values: [String] = []
        for pair in decodedPairs(in: query ?? []) where pair.name.elementsEqual(name.utf8) {
            guard let value = String(validating: pair.value, as: UTF8.self) else {
                throw .domain(.invalidInput([notUTF8(name)]))
            }
            values.append(value)
        }
        return values
    }

    /// All names and values, in order; a malformed escape is kept as it is.
    ///
    /// - Parameters:
    ///   - text: As it was sent.
    ///   - maximumCount: How many pairs are read.
    /// - Returns: The pairs, decoded.
    /// - Throws: `invalidInput` for more pairs; else for every value that is not UTF-8.
    package static func pairs(
        in text: ArraySlice<UInt8>, maximumCount: Int
    ) throws(RequestError) -> [(name: String, value: String)] {
        // Counted before anything is decoded or objected to: a body can hold thousands.
        let separators = text.lazy.filter { $0 == UInt8(ascii: "&") }.count
        guard separators < maximumCount else {
            throw .domain(
                .invalidInput([
                    InvalidInput("body", .other("must have at most \(maximumCount) fields"))
                ]))
        }
        var pairs: [(name: String, value: String)] = []
        var objections: [InvalidInput] = []
        for pair in decodedPairs(in: text) {
            guard let name = String(validating: pair.name, as: UTF8.self) else {
                objections.append(InvalidInput("body", .other("must name its fields in UTF-8")))
                continue
            }
            guard let value = String(validating: pair.value, as: UTF8.self) else {
                objections.append(notUTF8(name))
                continue
            }
            pairs.append((name, value))
        }
        guard objections.isEmpty else { throw .domain(.invalidInput(objections)) }
        return pairs
    }

    private static func notUTF8(_ name: String) -> InvalidInput {
        InvalidInput(name, .notUTF8)
    }

    private static func decodedPairs(
        in text: ArraySlice<UInt8>
    ) -> some Sequence<(name: [UInt8], value: [UInt8])> {
        text.split(separator: UInt8(ascii: "&")).lazy.map { pair in
            let parts = pair.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            return (decoded(parts[0]), parts.count > 1 ? decoded(parts[1]) : [])
        }
    }

    private static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = Hex.decode(rest.prefix(2))?.first
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return bytes
    }
}
