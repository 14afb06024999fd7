import Testing

@testable import Auth

struct CommonPasswordsTests {
    private static let all = CommonPasswords.entries.split(whereSeparator: \.isWhitespace)

    @Test func `the list is sorted by bytes and complete`() {
        #expect(Self.all.count == 19_623)
        let isSorted = zip(Self.all, Self.all.dropFirst()).allSatisfy { pair in
            pair.0.utf8.lexicographicallyPrecedes(pair.1.utf8)
        }
        #expect(isSorted)
    }

    @Test func `every entry is found`() {
        let missed = Self.all.filter { !CommonPasswords.contains(String($0)) }
        #expect(missed == [])
    }

    @Test(arguments: ["!", "zzzzzzzzzz", "password", "Password", "LETMEIN", "qwerty123", "wow123"])
    func `entries are found in any case, at every position`(password: String) {
        #expect(CommonPasswords.contains(password))
    }

    @Test(arguments: [
        "", " ", "\n", "  ", " password", "password ", "passwor", "passwordx", "zzzzzzzzzzz", "~",
        "wow wow123", "wow123 wow12345", "pass\u{0}word", "p\u{E0}ssword", "\u{FF50}assword",
        "\u{212A}itty", "!!", "\"\"\"#", "correct horse battery",
    ])
    func `text that only resembles an entry is not found`(password: String) {
        #expect(!CommonPasswords.contains(password))
    }
}
