import Testing

import JSON

@Suite struct JSONObjectReaderTests {
    private enum Member: String, CaseIterable { case a, b }
    private static let members = JSONMembers<Member>()

    /// Reads an object whose `a` is a string and whose `b` is an integer.
    private func read(_ input: [UInt8]) throws(JSONError) -> (a: String?, b: Int64?) {
        var (a, b): (String?, Int64?)
        var reader = JSONObjectReader()
        while let member = try reader.nextMember(of: Self.members, in: input.span) {
            switch member {
            case .a: a = try reader.string(in: input.span)
            case .b: b = try reader.integer(in: input.span)
            }
        }
        return (a, b)
    }

    private func read(_ text: String) throws(JSONError) -> (a: String?, b: Int64?) {
        try read(Array(text.utf8))
    }

    /// The rule that an object breaks; nil for one that is read.
    private func brokenRule(_ input: [UInt8]) -> JSONError.Reason? {
        do throws(JSONError) {
            _ = try read(input)
            return nil
        } catch {
            return error.reason
        }
    }

    private func brokenRule(_ text: String) -> JSONError.Reason? { brokenRule(Array(text.utf8)) }

    @Test(arguments: [
        #""""#: "", #""x""#: "x", #""\"\\\/\b\f\n\r\t""#: "\"\\/\u{8}\u{C}\n\r\t",
        #""\u0041\u00e9\u20AC""#: "A\u{e9}\u{20ac}", #""\uD83D\uDE00""#: "\u{1F600}",
        #""\u0000""#: "\u{0}", #""\udbff\udfff""#: "\u{10FFFF}", #""é😀""#: "é😀",
        "\"\u{7F}\u{2028}\"": "\u{7F}\u{2028}", #""é\n""#: "é\n",
        #""\ud7ff\ue000""#: "\u{D7FF}\u{E000}",
    ])
    func `strings are read with their escapes resolved`(json: String, value: String) throws {
        let read = try read("{\"a\":\(json)}").a
        #expect(read.map { Array($0.utf8) } == Array(value.utf8))
    }

    @Test(arguments: [
        #""\ud800""#, #""\udc00""#, #""\ud800x""#, #""\ud800\n""#, #""\ud800\u0041""#,
        #""\ud800\ud800""#, #""\udc00\ud800""#, #""\ud83d\ude0""#,
    ])
    func `half a surrogate pair is refused`(json: String) {
        for text in ["{\"a\":\(json)}", "{\"x\":[\(json)]}", "{\(json):1}"] {
            #expect(throws: JSONError.self) { try read(text) }
        }
    }

    @Test(
        arguments: [
            [0x80], [0xFF], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xC3], [0xE2, 0x82],
        ] as [[UInt8]])
    func `bytes that are no UTF-8 are refused in every string`(bytes: [UInt8]) {
        for (head, tail) in [(#"{"a":""#, #""}"#), (#"{"x":[""#, #""]}"#), (#"{""#, #"":1}"#)] {
            for escape in ["", #"\n"#] {
                let text = Array((head + escape).utf8) + bytes + Array(tail.utf8)
                #expect(brokenRule(text) == .encoding)
            }
        }
    }

    @Test(arguments: UInt8(0)..<0x20)
    func `control characters are refused in every string`(byte: UInt8) {
        for (head, tail) in [(#"{"a":"x"#, #""}"#), (#"{"a":"\n"#, #""}"#), (#"{"x":""#, #""}"#)] {
            let text = Array(head.utf8) + [byte] + Array(tail.utf8)
            #expect(brokenRule(text) == .syntax)
        }
    }

    @Test(arguments: [
        "", " ", "{", "}", "{}{}", "{} x", "{},", "[]", "1", "null", "{,}", "{\"a\"}", "{\"x\":}",
        "{\"a\":\"x\",}", "{\"a\":\"x\" \"b\":1}", "{\"b\":1 2}", "{\"a\" \"x\"}", "{a:\"x\"}",
        "{'a':\"x\"}", "{\"a\":\"x}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12\"}", "{\"a\":\"\\u00g0\"}",
        "{\"a\":\"\\U0041\"}", "{\"a\":\"x\"}\u{0}", "\u{FEFF}{}", "{\"b\":01}", "{\"b\":-}",
        "{\"b\":1.}", "{\"b\":1e}", "{\"x\":tru}", "{\"x\":True}", "{\"x\":nul}", "{\"x\":falsey}",
        "{\"x\":[1,]}", "{\"x\":[,1]}", "{\"x\":[1 2]}", "{\"x\":[}", "{\"x\":[1}}",
        "{\"x\":{1:2}}",
        "{\"x\":{\"y\"}}", "{\"x\":{\"y\":1,}}", "{\"x\":+1}", "{\"x\":.5}", "{\"x\":1.e5}",
        "{\"x\":0x1}", "{\"x\":NaN}", "{\"x\":// no\n1}", "{/**/}", "{\"x\":1}/", "{\u{A0}}",
        "{\u{C}}",
    ])
    func `anything but an object of RFC 8259 is refused`(text: String) {
        #expect(brokenRule(text) == .syntax)
    }

    @Test func `an object cut anywhere is refused`() {
        let text = Array(#"{"a":"x\u00e9","b":-12,"x":[true,{"y":[null,1.5e+3]},"é"]}"#.utf8)
        #expect(throws: Never.self) { try read(text) }
        for count in 0..<text.count {
            #expect(throws: JSONError.self) { try read(Array(text[..<count])) }
        }
    }

    @Test(arguments: [
        (#"{"a":1}"#, JSONError.Reason.wrongType), (#"{"a":null}"#, .wrongType),
        (#"{"b":"1"}"#, .wrongType),
        (#"{"b":1.0}"#, .wrongType), (#"{"b":1e2}"#, .wrongType), (#"{"b":[1]}"#, .wrongType),
        (#"{"b":9007199254740992}"#, .outOfRange), (#"{"b":-9007199254740992}"#, .outOfRange),
        (#"{"b":11111111111111111111}"#, .outOfRange), (#"{"a":"","a":""}"#, .repeatedMember("a")),
        (#"{"b":1,"a":"","b":1}"#, .repeatedMember("b")), (#"{"x":1,"x":1}"#, .repeatedMember("x")),
        (#"{"a":"","\u0061":""}"#, .repeatedMember("a")),
        (#"{"\u0061":"","a":""}"#, .repeatedMember("a")),
        (#"{"é":1,"\u00e9":1}"#, .repeatedMember("é")), (#"{"":1,"":1}"#, .repeatedMember("")),
    ])
    func `the rule that is broken is named`(text: String, rule: JSONError.Reason) {
        #expect(brokenRule(text) == rule)
    }

    @Test func `names are distinguished by case and length`() throws {
        let values = try read(#"{"A":1,"aa":2,"":3,"a":"x","ab":4,"b":5,"B":6}"#)
        #expect(values.a == "x")
        #expect(values.b == 5)
    }

    @Test func `members out of their usual order are read`() throws {
        let values = try read("\t{ \"b\" : 5 ,\r\n \"\\u0061\" : \"x\" }\n ")
        #expect(values.a == "x")
        #expect(values.b == 5)
    }

    @Test func `nesting is bounded`() {
        func nested(_ depth: Int, _ open: String, _ close: String) -> String {
            let opens = String(repeating: open, count: depth)
            return #"{"x":"# + opens + "1" + String(repeating: close, count: depth) + "}"
        }
        for (open, close) in [("[", "]"), (#"{"y":"#, "}")] {
            #expect(throws: Never.self) { try read(nested(JSONLimits.token.depth, open, close)) }
            for depth in [JSONLimits.token.depth + 1, 1_000, 100_000] {
                #expect(brokenRule(nested(depth, open, close)) == .tooDeep)
            }
        }
    }

    @Test func `unknown members are bounded`() {
        func object(_ count: Int) -> String {
            "{" + (0..<count).map { "\"x\($0)\":\($0)" }.joined(separator: ",") + "}"
        }
        #expect(throws: Never.self) { try read(object(JSONLimits.token.values)) }
        #expect(brokenRule(object(JSONLimits.token.values + 1)) == .tooMany)
    }
}
