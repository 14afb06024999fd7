import Glibc
import Synchronization
import Testing

@testable import JSON

@Suite struct JSONTests {
    @Test(arguments: [
        ("null", JSONValue.null), ("true", .bool(true)), (" false ", .bool(false)),
        ("\"a\"", .string("a")), ("\"\"", .string("")), ("[]", .array([])), ("{}", .object([:])),
        ("[1,\"1\",true,null]", .array([.integer(1), .string("1"), .bool(true), .null])),
        ("{\"a\":{\"b\":[{}]}}", .object(["a": .object(["b": .array([.object([:])])])])),
        ("\t{\r\n\"a\" : 1 , \"b\" : 2 }", .object(["a": .integer(1), "b": .integer(2)])),
    ])
    func `a value of every kind is read`(text: String, value: JSONValue) throws {
        #expect(try JSONValue.decode(Array(text.utf8)) == value)
    }

    @Test(arguments: [
        ("0", JSONValue.integer(0)), ("-0", .integer(0)), ("10", .integer(10)),
        ("1e3", .integer(1000)),
        ("10.0", .integer(10)), ("1.5", .number(1.5)), ("-2.5E-1", .number(-0.25)),
        ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
        ("9223372036854775808", .number(9_223_372_036_854_775_808)), ("1e300", .number(1e300)),
        ("1e999", .number(.infinity)), ("-1E+400", .number(-.infinity)), ("1e-999", .integer(0)),
    ])
    func `a number is an integer when it is whole and fits`(text: String, value: JSONValue) throws {
        #expect(try JSONValue.decode(Array(text.utf8)) == value)
    }

    @Test(arguments: [
        (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{08}\u{0C}\n\r\t"), (#""\u00e9""#, "\u{e9}"),
        (#""\ud83d\ude00""#, "\u{1F600}"), (#""\u0000""#, "\u{0}"), ("\"\u{1F600}\"", "\u{1F600}"),
        (#"":,[]{}\",:""#, ":,[]{}\",:"), (#""\\""#, "\\"),
    ])
    func `a string is read with its escapes resolved`(text: String, value: String) throws {
        #expect(try JSONValue.decode(Array(text.utf8)) == .string(value))
    }

    @Test(arguments: [
        "", " ", "nul", "True", "NaN", "Infinity", "-Infinity", "1 2", "[1]x", "[1", "[1}", "]",
        "}",
        "{\"a\"}", "{\"a\":}", "{\"a\" 1}", "{a:1}", "{'a':1}", "{\"a\":1 \"b\":2}", "{1:2}",
        "[1,]", "{\"a\":1,}", "[,]", "{,}", "[,1]", "[1,,2]", "[[1,],2]", "[{\"a\":1,},{}]",
        "01", "[01]", "-", "[-]", "-01", "+1", ".5", "1.", "[1.]", "1e", "1e+", "0x10",
        "[1/**/]", "//\n1", "\"a", "\"\\\"", "\"\\x41\"", "\"\\u12\"", "\"\\ud800\"",
        "\"\\udc00\\ud800\"", "\"\t\"", "{\"a\tb\":1}", "{\"\u{0}\":1}", "{\"\\ud800\":1}",
        "\"\u{0}\"", "\"a\nb\"", "\"\u{1F}\"", "\u{FEFF}\u{FEFF}1", "1\u{FEFF}", "\u{FEFF}",
        "\u{A0}1", "1\u{0}", "\u{0B}1",
    ])
    func `what RFC 8259 does not allow is malformed`(text: String) {
        #expect(throws: JSONError.malformed) { try JSONValue.decode(Array(text.utf8)) }
    }

    @Test(
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xC0, 0x80, 0x22],
            [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
            [0x5B, 0, 0x31, 0, 0x5D, 0], [0, 0x5B, 0, 0x31, 0, 0x5D], [0xFF, 0xFE, 0x31, 0],
            [0x22, 0, 0x61, 0, 0x22, 0], [0x31, 0, 0, 0], [0x31, 0],
        ] as [[UInt8]])
    func `bytes that are not UTF-8 are malformed`(bytes: [UInt8]) {
        #expect(throws: JSONError.malformed) { try JSONValue.decode(bytes) }
    }

    @Test(arguments: [
        #"{"a":1,"a":2}"#, #"{"a":1,"a":1}"#, #"{"a":1,"\u0061":2}"#, #"[{"a":{},"a":{}}]"#,
        #"{"x":{"a":1,"b":2,"a":3}}"#, #"{"a":{"b":1,"c":[1,2]},"a":0}"#, #"{"":1,"":2}"#,
        #"{"a":1,"a":2,}"#, "{\"e\u{301}\":1,\"\u{e9}\":2}",
    ])
    func `a member named twice is refused`(text: String) {
        #expect(throws: JSONError.repeatedMember) { try JSONValue.decode(Array(text.utf8)) }
    }

    @Test(arguments: UInt8.min..<0x20)
    func `a control character in a string or a name is malformed`(byte: UInt8) {
        let quote = UInt8(ascii: "\"")
        let string = [quote, 0x61, byte, quote]
        #expect(throws: JSONError.malformed) { try JSONValue.decode(string) }
        #expect(throws: JSONError.malformed) {
            try JSONValue.decode([0x7B] + string + [0x3A, 0x31, 0x7D])
        }
    }

    @Test func `a name may stand in two objects`() throws {
        let text = #"[{"a":1},{"a":{"a":2}}]"#
        let inner = JSONValue.object(["a": .object(["a": .integer(2)])])
        #expect(
            try JSONValue.decode(Array(text.utf8)) == .array([.object(["a": .integer(1)]), inner]))
    }

    @Test(arguments: [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]")])
    func `nesting ends at the bound`(opening: String, closing: String) throws {
        let levels = opening.utf8.count(where: { "[{".utf8.contains($0) })
        func nested(_ depth: Int) -> [UInt8] {
            let count = depth / levels
            return Array(
                (String(repeating: opening, count: count) + "1"
                    + String(repeating: closing, count: count)).utf8)
        }
        _ = try JSONValue.decode(nested(JSONValue.maximumDepth))
        #expect(throws: JSONError.tooDeep) {
            try JSONValue.decode(nested(JSONValue.maximumDepth + 2))
        }
        #expect(throws: JSONError.tooDeep) { try JSONValue.decode(nested(200_000)) }
        #expect(throws: JSONError.tooDeep) {
            try JSONValue.decode(Array(String(repeating: opening, count: 100_000).utf8))
        }
    }

    @Test(arguments: [("[", "0", "]"), ("{", #""a":0"#, "}")])
    func `there are only so many values`(open: String, value: String, close: String) throws {
        func list(_ count: Int) -> [UInt8] {
            let values = (0..<count).map { value.replacing("a", with: "a\($0)") }
            return Array((open + values.joined(separator: ",") + close).utf8)
        }
        // A comma stands between two, and a member counts with its name.
        let most = open == "[" ? JSONValue.maximumValues + 1 : JSONValue.maximumValues / 2
        _ = try JSONValue.decode(list(most))
        #expect(throws: JSONError.tooMany) { try JSONValue.decode(list(most + 1)) }
    }

    @Test func `the deepest value is read on a stack of 512 KiB`() throws {
        let text =
            String(repeating: "{\"a\":[", count: 16) + "1" + String(repeating: "]}", count: 16)
        let value = try #require(Reading(text).run(stackBytes: 512 << 10))
        var innermost = value
        for _ in 0..<16 {
            guard case .object(let members) = innermost, case .array(let elements) = members["a"]
            else { break }
            innermost = elements[0]
        }
        #expect(innermost == .integer(1))
    }

    @Test func `a byte order mark before a text is ignored`() throws {
        #expect(
            try JSONValue.decode(Array("\u{FEFF} {\"a\":1}".utf8)) == .object(["a": .integer(1)]))
    }

    @Test(arguments: [
        ("", JSONFault(.malformed, line: 1, column: 1)),
        ("{\n  \"a\": 1,\n}", JSONFault(.malformed, line: 3, column: 1)),
        ("{\"a\": 1 // one\n}", JSONFault(.malformed, line: 1, column: 9)),
        ("{\"é\": 1 \"b\": 2}", JSONFault(.malformed, line: 1, column: 9)),
        ("[1, 2\r\n, tru]", JSONFault(.malformed, line: 2, column: 6)),
        ("[\"a", JSONFault(.malformed, line: 1, column: 4)),
        (
            "{\"a\":\n {\"b\": 1,\n  \"b\": 2}}",
            JSONFault(.repeatedMember, line: 3, column: 3, member: "b")
        ),
    ])
    func `a fault has its place`(text: String, fault: JSONFault) {
        #expect(throws: fault) { try JSONValue.decode(locatingFaultsIn: Array(text.utf8)) }
    }

    @Test func `every cut of a text is refused and none traps`() {
        let text = Array(#"{"a":[1,-2.5e3,"\u00e9\"é"],"b":{"c":null,"d":true}}"#.utf8)
        for end in text.indices {
            #expect(throws: JSONError.malformed) { try JSONValue.decode(Array(text[..<end])) }
        }
    }

    @Test func `every byte put into a text is read or refused`() {
        let text = Array(#"{"a":[1,"é"]}"#.utf8)
        for index in text.indices {
            for byte in UInt8.min...UInt8.max {
                var changed = text
                changed[index] = byte
                if let value = try? JSONValue.decode(changed) {
                    var again: [UInt8] = []
                    JSONText.append(value, to: &again)
                    #expect((try? JSONValue.decode(again)) == value)
                }
            }
        }
    }
}

/// What a thread of its own makes of a text.
private final class Reading: Sendable {
    private let text: [UInt8]
    private let value = Mutex<JSONValue?>(nil)

    init(_ text: String) { self.text = Array(text.utf8) }

    /// Reads the text on a new thread with a stack of that size.
    func run(stackBytes: Int) -> JSONValue? {
        let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
        defer { attributes.deallocate() }
        pthread_attr_init(attributes)
        defer { pthread_attr_destroy(attributes) }
        pthread_attr_setstacksize(attributes, stackBytes)
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(self).toOpaque()
        let code = pthread_create(
            &thread, attributes,
            { argument in
                guard let argument else { return nil }
                let reading = Unmanaged<Reading>.fromOpaque(argument).takeRetainedValue()
                let value = try? JSONValue.decode(reading.text)
                reading.value.withLock { $0 = value }
                return nil
            }, argument)
        guard code == 0 else { return nil }
        pthread_join(thread, nil)
        return value.withLock { $0 }
    }
}
