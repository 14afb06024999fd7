import Auth
import HTTP
import TestSupport
import Web

/// The value of an Accept-Language field: a language is chosen whatever it is, and a refusal counts.
enum LanguageHarness {
    static func run(_ input: [UInt8]) throws(BrokenProperty) {
        // What cannot be a field value never gets here, and neither does a head that is too long.
        let text = String(
            decoding: input.prefix(2_000).filter { (0x20...0x7E).contains($0) }, as: UTF8.self)
        let chosen = language(for: [text])
        try check(chosen == language(for: [text.uppercased()]), "the case of letters counts")
        try check(chosen == language(for: [text, ",,"]), "empty elements count")
        try check(language(for: ["de;q=0", text]) == .en, "German, which was refused")
        try check(language(for: [text, text]) == chosen, "a repeated list changes the choice")
    }

    private static func language(for lines: [String]) -> Language? {
        let fields = lines.map { "Accept-Language: \($0)\n" }.joined()
        return (try? Request(wire: "GET / HTTP/1.1\nHost: a\n\(fields)\n")).map {
            AcceptLanguage.preferred(by: $0)
        }
    }
}
