/// How many members and commas a JSON text has, and how deep it is.
///
/// `JSONDecoder` keeps the first of several members with one name and overlooks a comma before a
/// closing bracket. Both leave a trace: every `:` outside strings makes a member and every `,`
/// stands between two of them or between two elements, so a text that was read in full counts the
/// same as the value that came of it. Neither difference can hide another, since a text has never
/// fewer of them than its value.
struct JSONCensus {
    /// Members of all objects.
    private(set) var members = 0
    /// Commas between members and between elements.
    private(set) var commas = 0
    /// The most arrays and objects open at one place.
    private(set) var depth = 0

    /// Counts what stands outside the strings of a text.
    ///
    /// - Throws: `malformed` for bytes the decoder would take and RFC 8259 does not: a byte order
    ///   mark, and the zero bytes of UTF-16 and UTF-32. Other faults are left to the decoder.
    init(ofText bytes: [UInt8]) throws(JSONError) {
        var isInString = false
        var isEscaped = false
        var open = 0
        for byte in bytes {
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: ":"): members += 1
            case UInt8(ascii: ","): commas += 1
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                open += 1
                depth = max(depth, open)
            case UInt8(ascii: "]"), UInt8(ascii: "}"): open -= 1
            case 0x20...0x7E, 0x09, 0x0A, 0x0D: break
            default: throw .malformed
            }
        }
    }

    /// Counts what a value would be written with.
    init(ofValue value: JSON) {
        count(value)
    }

    private mutating func count(_ value: JSON) {
        switch value {
        case .array(let elements):
            commas += max(0, elements.count - 1)
            for element in elements { count(element) }
        case .object(let object):
            members += object.count
            commas += max(0, object.count - 1)
            for member in object.values { count(member) }
        case .null, .bool, .integer, .number, .string: break
        }
    }
}
