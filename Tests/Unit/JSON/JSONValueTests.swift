import Glibc
import Synchronization
import Testing

import JSON

@Suite struct JSONValueTests {
    /// The rule that a text breaks; nil for one that is read.
    private func brokenRule(_ text: [UInt8]) -> JSONError.Reason? {
        do throws(JSONError) {
            _ = try JSONValue.decode(text)
            return nil
        } catch {
            return error.reason
        }
    }

    private func brokenRule(_ text: String) -> JSONError.Reason? { brokenRule(Array(text.utf8)) }

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
    func `a text outside the grammar of RFC 8259 is refused`(text: String) {
        #expect(brokenRule(text) == (text.contains("\\ud800") ? .encoding : .syntax))
    }

    @Test(
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xC0, 0x80, 0x22],
            [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
        ] as [[UInt8]])
    func `a string that is not UTF-8 is refused`(bytes: [UInt8]) {
        #expect(brokenRule(bytes) == .encoding)
    }

    @Test(
        arguments: [
            [0x5B, 0, 0x31, 0, 0x5D, 0], [0, 0x5B, 0, 0x31, 0, 0x5D], [0xFF, 0xFE, 0x31, 0],
            [0x22, 0, 0x61, 0, 0x22, 0], [0x31, 0, 0, 0], [0x31, 0],
        ] as [[UInt8]])
    func `UTF-16 and UTF-32 are refused`(bytes: [UInt8]) {
        #expect(brokenRule(bytes) == .syntax)
    }

    @Test(arguments: [
        #"{"a":1,"a":2}"#, #"{"a":1,"a":1}"#, #"{"a":1,"\u0061":2}"#, #"[{"a":{},"a":{}}]"#,
        #"{"x":{"a":1,"b":2,"a":3}}"#, #"{"a":{"b":1,"c":[1,2]},"a":0}"#, #"{"":1,"":2}"#,
        #"{"a":1,"a":2,}"#, "{\"e\u{301}\":1,\"\u{e9}\":2}",
    ])
    func `a member named twice is refused`(text: String) {
        guard case .repeatedMember? = brokenRule(text) else {
            Issue.record("not refused as a repeat: \(text)")
            return
        }
    }

    @Test(arguments: UInt8.min..<0x20)
    func `a control character in a string or a name is refused`(byte: UInt8) {
        let quote = UInt8(ascii: "\"")
        let string = [quote, 0x61, byte, quote]
        #expect(brokenRule(string) == .syntax)
        #expect(brokenRule([0x7B] + string + [0x3A, 0x31, 0x7D]) == .syntax)
    }

    @Test func `two objects may have a member of the same name`() throws {
        let text = #"[{"a":1},{"a":{"a":2}}]"#
        let inner = JSONValue.object(["a": .object(["a": .integer(2)])])
        #expect(
            try JSONValue.decode(Array(text.utf8)) == .array([.object(["a": .integer(1)]), inner]))
    }

    @Test(arguments: [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]")])
    func `nesting is bounded`(opening: String, closing: String) throws {
        let levels = opening.utf8.count(where: { "[{".utf8.contains($0) })
        func nested(_ depth: Int) -> [UInt8] {
            let count = depth / levels
            return Array(
                (String(repeating: opening, count: count) + "1"
                    + String(repeating: closing, count: count)).utf8)
        }
        #expect(brokenRule(nested(JSONLimits.document.depth)) == nil)
        for depth in [JSONLimits.document.depth + 2, 200_000] {
            #expect(brokenRule(nested(depth)) == .tooDeep)
        }
        #expect(brokenRule(String(repeating: opening, count: 100_000)) == .tooDeep)
    }

    @Test(arguments: [("[", "0", "]"), ("{", #""a":0"#, "}")])
    func `the number of values is bounded`(open: String, value: String, close: String) throws {
        func list(_ count: Int) -> [UInt8] {
            let values = (0..<count).map { value.replacing("a", with: "a\($0)") }
            return Array((open + values.joined(separator: ",") + close).utf8)
        }
        // Counted are commas and names.
        let limit = JSONLimits.document.values
        let most = open == "[" ? limit + 1 : limit / 2
        #expect(brokenRule(list(most)) == nil)
        #expect(brokenRule(list(most + 1)) == .tooMany)
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
        ("", JSONError.Reason.syntax, TextPosition(line: 1, column: 1)),
        ("{\n  \"a\": 1,\n}", .syntax, TextPosition(line: 3, column: 1)),
        ("{\"a\": 1 // one\n}", .syntax, TextPosition(line: 1, column: 9)),
        ("{\"é\": 1 \"b\": 2}", .syntax, TextPosition(line: 1, column: 9)),
        ("[1, 2\r\n, tru]", .syntax, TextPosition(line: 2, column: 6)),
        ("[\"a", .syntax, TextPosition(line: 1, column: 4)),
        (
            "{\"a\":\n {\"b\": 1,\n  \"b\": 2}}", .repeatedMember("b"),
            TextPosition(line: 3, column: 3)
        ),
    ])
    func `an error has a line and a column`(
        text: String, reason: JSONError.Reason, position: TextPosition
    ) {
        let bytes = Array(text.utf8)
        do throws(JSONError) {
            _ = try JSONValue.decode(bytes)
            Issue.record("read")
        } catch {
            #expect(error.reason == reason)
            #expect(TextPosition(of: error.offset, in: bytes) == position)
        }
    }

    @Test func `a string that is not UTF-8 is located at its opening quote`() {
        let bytes: [UInt8] = Array("[\"é\", \"".utf8) + [0xFF, 0x22, 0x5D]
        #expect(throws: JSONError(.encoding, at: 7)) { try JSONValue.decode(bytes) }
        #expect(TextPosition(of: 7, in: bytes) == TextPosition(line: 1, column: 7))
    }

    @Test func `every cut of a text is refused and none traps`() {
        let text = Array(#"{"a":[1,-2.5e3,"\u00e9\"é"],"b":{"c":null,"d":true}}"#.utf8)
        for end in text.indices {
            #expect(brokenRule(Array(text[..<end])) == .syntax)
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
