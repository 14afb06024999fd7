import API
import Crypto
import HTTP
import TestSupport
import Testing
import Web

@testable import Auth
@testable import Pages

/// Recovery codes, from the page that shows them to the warning that few are left.
struct RecoveryCodePageTests {
    private static let application = "https://app.example.org/page"

    /// A person with an app, in a browser that has signed in with a password only.
    private static func withApp(
        _ language: Language = .en
    ) throws -> (visitor: Visitor, secret: Secret, page: ReceivedAnswer) {
        var site = Site()
        site.returnOrigins = ["https://app.example.org"]
        let visitor = Visitor(try Harness(site), .customer, language)
        try visitor.enterPassword()
        let (secret, page) = try visitor.addApp()
        return (visitor, secret, page)
    }

    @Test(arguments: Language.allCases)
    func `ten codes are shown once`(language: Language) throws {
        let (visitor, secret, page) = try Self.withApp(language)
        let codes = Visitor.recoveryCodes(on: page)
        #expect(page.status == .ok)
        #expect(Set(codes).count == 10)
        #expect(page.body.contains("<h1>\(language.texts.yourRecoveryCodes)</h1>"))
        #expect(page.body.contains(language.texts.codesAreSaved))
        #expect(page.body.contains(#"action="/auth/account#security""#))

        // A reload posts the form once more.
        let again = try visitor.post("/auth/totp/confirm", ["code": visitor.code(of: secret)])
        #expect(again.status == .forbidden)
        #expect(again.body.contains("<h1>\(language.texts.proofTitle)</h1>"))
        for answer in [again, try visitor.open("/auth/account")] {
            #expect(Visitor.recoveryCodes(on: answer).isEmpty)
            #expect(!codes.contains { answer.body.contains($0) })
        }
    }

    @Test func `each request for codes makes others`() throws {
        let (visitor, secret, page) = try Self.withApp()
        // The session is older than the factor, and no proof.
        #expect(try visitor.post("/auth/recovery-codes").status == .forbidden)
        try visitor.enterPassword()
        #expect(try visitor.enterCode(of: secret).status == .seeOther)
        var seen = Set(Visitor.recoveryCodes(on: page))
        for count in [20, 30] {
            seen.formUnion(Visitor.recoveryCodes(on: try visitor.post("/auth/recovery-codes")))
            #expect(seen.count == count)
        }
        let other = visitor.other()
        try other.enterPassword()
        let replaced = try #require(Visitor.recoveryCodes(on: page).first)
        #expect(try other.enter(recoveryCode: replaced).status == .unauthorized)
    }

    @Test(arguments: Language.allCases)
    func `a code signs in once, and three that are left are too few`(language: Language) throws {
        let (visitor, _, page) = try Self.withApp(language)
        let texts = language.texts
        var codes = Visitor.recoveryCodes(on: page)
        for left in (3...9).reversed() {
            let browser = visitor.other()
            try browser.enterPassword()
            let signedIn = try browser.enter(recoveryCode: codes.removeLast())
            #expect(signedIn.status == .seeOther)
            let isFew = left == 3
            #expect(
                signedIn.values(of: "Location")
                    == [isFew ? "/auth/login/recovered" : "/auth/account"])
            let account = try browser.open("/auth/account")
            #expect(account.body.contains(texts.fewRecoveryCodes(left)) == isFew)
            #expect(account.body.contains(texts.recoveryCodesRunLow) == isFew)
            #expect(account.body.contains("\(texts.recoveryCodesLeft(left)). "))
        }

        // The next one leads on to an application, also by way of others.
        let used = try #require(Visitor.recoveryCodes(on: page).last)
        let browser = visitor.other()
        try browser.enterPassword(returningTo: Self.application)
        let refused = try browser.enter(recoveryCode: used)
        #expect(refused.status == .unauthorized)
        #expect(refused.body.contains(texts.checkRecoveryCode))
        #expect(refused.body.contains(#"<details class="fold" id="recovery" open>"#))
        let target = "?return_to=https%3A%2F%2Fapp.example.org%2Fpage"
        let signedIn = try browser.enter(
            recoveryCode: codes.removeLast(), returningTo: Self.application)
        #expect(signedIn.values(of: "Location") == ["/auth/login/recovered\(target)"])
        let warning = try browser.open("/auth/login/recovered\(target)")
        #expect(warning.body.contains(texts.fewRecoveryCodes(2)))
        #expect(warning.body.contains(texts.fewRecoveryCodesConsequence))
        #expect(warning.body.contains(#"href="\#(Self.application)""#))
        let others = try browser.post("/auth/recovery-codes", ["return_to": Self.application])
        #expect(Visitor.recoveryCodes(on: others).count == 10)
        #expect(others.body.contains(#"action="\#(Self.application)""#))
        #expect(
            others["Content-Security-Policy"]?.contains(
                "form-action 'self' https://app.example.org;") == true)
    }

    /// Recovery codes follow a password: without one they are of no use.
    @Test func `an account without a password has none to see`() throws {
        let (visitor, secret, page) = try Self.withApp()
        let codes = Visitor.recoveryCodes(on: page)
        for code in codes.dropLast(2) {
            let browser = visitor.other()
            try browser.enterPassword()
            _ = try browser.enter(recoveryCode: code)
        }
        visitor.forget("session_token")
        try visitor.enterPassword()
        #expect(try visitor.enterCode(of: secret).status == .seeOther)
        let texts = Language.en.texts
        #expect(
            try visitor.open("/auth/account").body.contains(texts.fewRecoveryCodesConsequence))
        let id = try #require(visitor.harness.world.account(visitor.person.email)).id
        try visitor.harness.world.store.write { transaction throws(AuthError) in
            try transaction.deletePassword(of: id)
        }
        let account = try visitor.open("/auth/account").body
        #expect(!account.contains(texts.fewRecoveryCodesConsequence))
        #expect(!account.contains("/auth/recovery-codes"))
        #expect(account.contains(texts.setPassword))
        for field in ["currentPassword", "password"] {
            #expect(!account.contains(#"name="\#(field)""#))
        }
    }
}
