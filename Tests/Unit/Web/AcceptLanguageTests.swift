import Auth
import HTTP
import TestSupport
import Testing

@testable import Web

struct AcceptLanguageTests {
    @Test(
        arguments: [
            ([], .en), ([""], .en), (["en"], .en), (["de"], .de), (["DE"], .de), (["de-AT"], .de),
            (["de-Latn-DE-1996"], .de), (["de-AT, en;q=0.9"], .de), (["en-GB,de;q=0.9"], .en),
            (["fr-FR, fr;q=0.9, de;q=0.8, en;q=0.7"], .de), (["fr"], .en), (["fr", "de"], .de),
            (["de;q=0.8, en;q=0.9"], .en), (["en;q=0.8, de;q=0.9"], .de), (["de, en"], .de),
            (["en, de"], .en), (["de;q=0.5, de-AT;q=0.9, en;q=0.7"], .de),
            // Weights of zero refuse; the default gives way to them.
            (["de;q=0, *"], .en), (["en;q=0, *"], .de), (["en;q=0"], .de), (["de;q=0"], .en),
            (["en;q=0, de;q=0"], .en), (["en;q=0, fr"], .de), (["de-AT;q=0, de;q=0.5"], .de),
            (["de-AT;q=0"], .en), (["de;q=0, de-AT"], .en), (["*;q=0, de;q=0.1"], .de),
            (["*;q=0"], .en),
            // Any language that is not named.
            (["*"], .en), (["fr, *;q=0.5"], .en), (["de;q=0.4, *;q=0.5"], .en),
            (["en;q=0.4, *;q=0.5"], .de), (["*;q=0.5, de;q=0.5"], .de), (["*, de;q=0.9"], .en),
            // What is malformed is ignored.
            (["de_AT"], .en), (["de-"], .en), (["-de"], .en), (["d1"], .en), (["deutschland"], .en),
            (["de;q=2"], .de), (["de;q=x"], .en), (["de;q="], .en), (["de;q=-1"], .en),
            (["de;q=0.0001, en;q=0.1"], .en), (["de;level=1;q=0.1, en;q=0.2"], .en),
            (["dé"], .en), (["de*"], .en), (["*-AT"], .en), (["den"], .en), ([",;,de,,"], .de),
            (["de AT"], .en), ([" de ; q=0.5 "], .de),
        ] as [([String], Language)])
    func `the language with the greatest weight is chosen`(lines: [String], language: Language)
        throws
    {
        let fields = lines.map { "Accept-Language: \($0)\n" }.joined()
        let request = try Request(wire: "GET / HTTP/1.1\nHost: a\n\(fields)\n")
        #expect(AcceptLanguage.preferred(by: request) == language)
    }

    @Test func `only the first ranges are read`() throws {
        let others = String(repeating: "fr,", count: AcceptLanguage.maximumRanges)
        #expect(try preferred("\(others)de") == .en)
        #expect(try preferred("\(others.dropFirst(3))de") == .de)
        // Empty elements are none.
        #expect(try preferred("\(String(repeating: ",", count: 10_000))de") == .de)
    }

    private func preferred(_ line: String) throws -> Language {
        let request = try Request(wire: "GET / HTTP/1.1\nHost: a\nAccept-Language: \(line)\n\n")
        return AcceptLanguage.preferred(by: request)
    }
}
