import FoundationEssentials
import Testing

@testable import JSON

@Suite struct JSONTextTests {
    private func text(_ value: JSONValue) -> String {
        var bytes: [UInt8] = []
        JSONText.append(value, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: [
        (JSONValue.null, "null"), (.bool(true), "true"), (.bool(false), "false"),
        (.integer(0), "0"),
        (.integer(.min), "-9223372036854775808"), (.number(0.5), "0.5"),
        (.number(.infinity), "1e999"), (.number(-.infinity), "-1e999"), (.number(.nan), "null"),
        (.string(""), "\"\""),
        (.string("a/b"), "\"a/b\""), (.array([]), "[]"), (.object([:]), "{}"),
        (.array([.integer(1), .string("a"), .null]), "[1,\"a\",null]"),
        (.object(["b": .integer(1), "a": .array([.object([:])])]), #"{"a":[{}],"b":1}"#),
        (.object(["\"": .null]), #"{"\"":null}"#),
    ])
    func `a value is written as JSON`(value: JSONValue, written: String) {
        #expect(text(value) == written)
    }

    @Test(arguments: [
        ("\"", #""\"""#), ("\\", #""\\""#), ("\n", #""\n""#), ("\r", #""\u000d""#),
        ("\u{0}", #""\u0000""#), ("\u{1B}[2J", #""\u001b[2J""#), ("\u{7F}", #""\u007f""#),
        ("\u{85}", #""\u0085""#), ("\u{2028}", #""\u2028""#), ("\u{202E}", #""\u202e""#),
        ("\u{2066}", #""\u2066""#), ("é\u{1F600}\u{200D}", "\"é\u{1F600}\u{200D}\""),
    ])
    func `characters that end a line or control a terminal are escaped`(
        string: String, written: String
    ) {
        #expect(text(.string(string)) == written)
    }

    @Test func `every scalar survives writing and reading`() throws {
        let ranges: [ClosedRange<UInt32>] = [0...0x3000, 0xD700...0xE100, 0xFE00...0x1_0100]
        for value in ranges.joined() {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let string = "a" + String(scalar) + "b"
            let decoded = try JSONDecoder().decode(
                String.self, from: Data(text(.string(string)).utf8))
            #expect(Array(decoded.unicodeScalars) == Array(string.unicodeScalars))
        }
    }

    @Test(arguments: [
        1.0, -0.0, 1e16, 1e22, Double.leastNonzeroMagnitude, .greatestFiniteMagnitude, 0.1,
        -123.456,
    ])
    func `a double survives writing and reading`(value: Double) throws {
        let decoded = try JSONDecoder().decode(Double.self, from: Data(text(.number(value)).utf8))
        #expect(decoded == value)
    }
}
