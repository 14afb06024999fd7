import Testing

@testable import Auth

struct PasswordPolicyTests {
    private let policy = PasswordPolicy(minimumLength: 8)

    private func objection(
        to password: String, email: String = "ada.l@example.org", name: String? = "Ada Lovelace"
    ) -> InvalidInput.Rule? {
        policy.objection(to: password, email: Email(email), name: name)
    }

    @Test(arguments: [
        "min8chars", "your-password", "secure123", "correct horse battery", "パスワード長い文字",
        "........!", "\u{0}\u{1}binary\u{7F}",
    ])
    func `an uncommon password is accepted`(password: String) {
        #expect(objection(to: password) == nil)
    }

    @Test(arguments: ["password", "PASSWORD", "PassWord1", "qwertyuiop", "12345678", "iloveyou1"])
    func `a common password is rejected in any case`(password: String) {
        #expect(objection(to: password) == .commonPassword)
    }

    @Test(arguments: [
        "ada.l@example.org", "ADA.L@Example.org", "ada lovelace", "Ada Lovelace", "ADA LOVELACE",
    ])
    func `email and name are rejected as a password in any case`(password: String) {
        #expect(objection(to: password) == .passwordIsPersonal)
    }

    @Test func `the local part is rejected as a password and a longer text with it is not`() {
        #expect(objection(to: "Lovelace.Ada", email: "lovelace.ada@example.org") != nil)
        #expect(objection(to: "lovelace.ada!", email: "lovelace.ada@example.org") == nil)
    }

    @Test func `a name is compared in both normal forms of its accents`() {
        #expect(objection(to: "jose\u{301} ruiz", name: "JOSÉ RUIZ") != nil)
    }

    @Test func `the minimum length counts scalars and not bytes`() {
        #expect(objection(to: "1q8x-zk") == .passwordTooShort(length: 7, minimum: 8))
        #expect(objection(to: "1q8x-zkw") == nil)
        // Seven scalars in 28 bytes, and eight of them.
        #expect(objection(to: String(repeating: "😀", count: 7)) != nil)
        #expect(objection(to: String(repeating: "😀", count: 8)) == nil)
        // One Character of eight scalars.
        #expect(objection(to: "👩‍👩‍👧‍👦\u{1F3FB}") == nil)
    }

    @Test func `an accented letter counts as one scalar in both normal forms`() {
        #expect(objection(to: "\u{E9}t\u{E9}123") != nil)
        #expect(objection(to: "e\u{301}te\u{301}123") != nil)
        #expect(objection(to: "\u{E9}t\u{E9}12345") == nil)
        #expect(objection(to: "e\u{301}te\u{301}12345") == nil)
    }

    @Test func `a password has at most 256 scalars`() {
        #expect(objection(to: String(repeating: "xy", count: 128)) == nil)
        #expect(
            objection(to: String(repeating: "xy", count: 128) + "z")
                == .passwordTooLong(length: 257, maximum: 256))
        #expect(objection(to: String(repeating: "e\u{301}", count: 256)) == nil)
        // Decomposed accents count as the one scalar they compose to.
        #expect(objection(to: String(repeating: "\u{1F82}", count: 256)) == nil)
        #expect(
            objection(to: "a" + String(repeating: "\u{301}", count: 30_000))
                == .passwordTooLong(length: 30_001, maximum: 256))
    }

    @Test func `the minimum length is configurable`() {
        let strict = PasswordPolicy(minimumLength: 12)
        #expect(strict.objection(to: "min8chars", email: nil, name: nil) != nil)
        #expect(strict.objection(to: "min8charsmore", email: nil, name: nil) == nil)
    }
}
