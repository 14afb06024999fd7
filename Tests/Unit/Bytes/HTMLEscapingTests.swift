import Bytes
import Testing

struct HTMLEscapingTests {
    @Test(arguments: [
        ("", ""), ("plain", "plain"), ("<b>", "&lt;b&gt;"), ("a & b", "a &amp; b"),
        ("&amp;", "&amp;amp;"), ("\"'", "&quot;&#39;"), ("`=/", "`=/"),
        // An accent makes another Character of the quote before it, but a browser reads two.
        ("\"\u{301}", "&quot;\u{301}"), ("<\u{338}", "&lt;\u{338}"),
        ("é 漢 \u{1F319}", "é 漢 \u{1F319}"), ("a\t\n\r\u{C}b", "a\t\n\r\u{C}b"),
    ])
    func `text stays text`(text: String, escaped: String) {
        #expect(HTMLEscaping.escaped(text).unicodeScalars.elementsEqual(escaped.unicodeScalars))
    }

    /// WHATWG HTML §13.2.3.5.
    @Test(
        arguments: [
            0x0, 0x1, 0x8, 0xB, 0xE, 0x1B, 0x1F, 0x7F, 0x80, 0x9F, 0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF,
            0x1FFFE, 0x10FFFF,
        ] as [UInt32])
    func `what no document may contain is replaced`(value: UInt32) throws {
        let scalar = try #require(Unicode.Scalar(value))
        #expect(HTMLEscaping.escaped("a\(scalar)b") == "a\u{FFFD}b")
    }

    @Test(arguments: [0xA0, 0xFDCF, 0xFDF0, 0xFFFD, 0x1FFFD, 0x202E] as [UInt32])
    func `what a document may contain is kept`(value: UInt32) throws {
        let scalar = try #require(Unicode.Scalar(value))
        #expect(HTMLEscaping.escaped("\(scalar)").unicodeScalars.elementsEqual([scalar]))
    }
}
