import Testing

@testable import HTTP

/// What looks at eight bytes at a time finds what a look at each byte does, wherever in a word it is.
@Suite struct WordTests {
    /// Every byte at every place of texts of these lengths, between bytes that all scanners pass over.
    private static func forEachText(_ body: (_ text: [UInt8], _ byte: UInt8) -> Void) {
        for length in [1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 40] {
            for place in 0..<length {
                for byte in UInt8.min ... .max {
                    var text = [UInt8](repeating: UInt8(ascii: "a"), count: length)
                    text[place] = byte
                    body(text, byte)
                }
            }
        }
    }

    private static func end(_ text: [UInt8], where holds: (UInt8) -> Bool) -> Int {
        text.firstIndex { !holds($0) } ?? text.count
    }

    @Test func `a scanner stops at the first byte that does not belong to its class`() {
        let token = Set(
            "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
        Self.forEachText { text, byte in
            let isContent = byte == 0x09 || byte >= 0x20 && byte != 0x7F
            #expect(
                text.span.endOfFieldContent(from: 0) == Self.end(text) { $0 != byte || isContent })
            #expect(text.span.endOfToken(from: 0) == Self.end(text, where: token.contains))
            #expect(text.span.endOfVisible(from: 0) == Self.end(text) { 0x21...0x7E ~= $0 })
            #expect(text.span.containsControl == (byte < 0x20 || byte == 0x7F))
        }
    }

    @Test func `what is passed over in a path is all allowed there`() {
        let path = Set(
            "-._~!$&'()*+,;=:@/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
        #expect((UInt8.min ... .max).allSatisfy { ASCIISet.path.contains($0) == path.contains($0) })
        Self.forEachText { text, _ in
            let end = text.span.endOfPlainPath(from: 0)
            #expect(text[..<end].allSatisfy(path.contains))
        }
    }

    @Test(arguments: ["host", "cookie", "x-setup-code", "x-forwarded-for", "x-forwarded-method"])
    func `a name is spelled by its letters in either case and by nothing else`(name: String) throws
    {
        let literal: StaticString =
            switch name {
            case "host": "host"
            case "cookie": "cookie"
            case "x-setup-code": "x-setup-code"
            case "x-forwarded-for": "x-forwarded-for"
            default: "x-forwarded-method"
            }
        func isSpelled(by text: [UInt8]) -> Bool { text.span.spells(literal) }
        for (place, expected) in name.utf8.enumerated() {
            for byte in UInt8.min ... .max {
                var text = Array(name.uppercased().utf8)
                text[place] = byte
                let isLetter = byte | 0x20 == expected && 0x61...0x7A ~= expected
                #expect(isSpelled(by: text) == (byte == expected || isLetter))
            }
        }
        #expect(!isSpelled(by: Array(name.utf8.dropLast())))
        #expect(!isSpelled(by: Array("\(name)x".utf8)))
    }
}
