import Auth
import Testing

@testable import Pages

/// What the pages say about invalid inputs.
struct ObjectionTextsTests {
    private static let rules: [InvalidInput.Rule] = [
        .required, .notText, .notUTF8, .containsNUL, .notFlag, .notList, .notOneOf(["a"]),
        .neither("a", "b"), .notInRange(1...1_000), .notTime, .notID, .unknown,
        .passwordTooShort(length: 1, minimum: 8), .passwordTooShort(length: 6, minimum: 8),
        .passwordTooLong(length: 1_284, maximum: 256), .passwordIsPersonal, .commonPassword,
        .samePassword, .notEmail(asciiDomain: nil), .notEmail(asciiDomain: "xn--bcher-kva.example"),
        .sameEmail, .otherEmail, .nameLength(maximum: 100), .nameHidesText, .nameIsBlank,
        .searchTooLong(maximum: 100), .notLifetime, .notScopes, .adminKeyLifetime(maximumDays: 90),
        .inviteLifetime, .notSingleUse, .notOrigin, .insecureOrigin,
        .originOutside(domain: "example.org"), .notAccent, .notSupportContact,
        .settingFixed(by: .file(key: "site.name")),
        .settingFixed(by: .environment(variable: "LUNAUTH_SITE_NAME")), .notRetentionPeriod,
        .mailNotConfigured, .unsupportedDatabase(inUse: .sqlite), .notDatabaseName,
        .databaseNameFixed(to: "lunauth"), .other("must be something else"),
    ]

    @Test(arguments: rules)
    func `each rule has at most two sentences in each language`(rule: InvalidInput.Rule) {
        let sentences = [Language.en, .de].map { $0.texts.objection(rule, to: "Email") }
        #expect(sentences[0] != sentences[1])
        for text in sentences {
            let ends = text.split(separator: " ").filter { $0.hasSuffix(".") }
            #expect(text.hasSuffix(".") && (1...2).contains(ends.count), "\(text)")
            #expect(!text.contains("must be something else"), "words for programs")
        }
    }

    @Test func `a sentence has the numbers of the case, and the singular where it is one`() {
        let short = InvalidInput.Rule.passwordTooShort(length: 6, minimum: 8)
        let texts = Language.en.texts
        #expect(
            texts.objection(short, to: "Password")
                == "This password has 6 characters. Use at least 8.")
        #expect(
            texts.objection(.passwordTooShort(length: 1, minimum: 8), to: "Password")
                == "This password has 1 character. Use at least 8.")
        #expect(
            Language.de.texts.objection(.passwordTooLong(length: 1_284, maximum: 256), to: "")
                == "Dieses Passwort hat 1.284 Zeichen. Verwenden Sie höchstens 256.")
        #expect(texts.objection(.required, to: "Email") == "Fill in “Email”.")
    }
}
