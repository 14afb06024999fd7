import API
import Crypto
import HTTP
import TestSupport
import Testing
import Web

@testable import Auth
@testable import Pages

/// Real passkeys through the forms of the pages.
struct PasskeyPageTests {
    private static var rename: Regex<(Substring, path: Substring)> {
        /"(?<path>\/auth\/passkeys\/[0-9a-f-]{36})\/rename"/
    }
    private static var challenge: Regex<(Substring, text: Substring)> {
        /name="challenge" value="(?<text>[A-Za-z0-9_-]{43})"/
    }

    private static func passkey() -> TestPasskey {
        var passkey = TestPasskey()
        passkey.origin = Site().website
        return passkey
    }

    /// The second step with a passkey.
    private static func prove(
        _ passkey: inout TestPasskey, in visitor: Visitor
    ) throws -> ReceivedAnswer {
        let page = try visitor.open("/auth/login/second")
        let challenge = try #require(page.body.firstMatch(of: Self.challenge)).output.text
        return try visitor.post(
            "/auth/login/second",
            [
                "method": "passkey", "challenge": String(challenge),
                "credential": visitor.use(&passkey, for: #"{"challenge":"\#(challenge)"}"#),
            ])
    }

    @Test(arguments: Language.allCases)
    func `a passkey is added, renamed, and is the second step`(language: Language) throws {
        let texts = language.texts
        let visitor = Visitor(try Harness(), .customer, language)
        var passkey = Self.passkey()
        try visitor.enterPassword()
        let added = try visitor.add(&passkey, named: "A <laptop>")
        #expect(added.status == .ok, "\(added.text)")
        #expect(added.body.contains("<h1>\(texts.yourRecoveryCodes)</h1>"))
        #expect(Visitor.recoveryCodes(on: added).count == 10)

        let account = try visitor.open("/auth/account").body
        #expect(account.contains("<bdi>A &lt;laptop"))
        #expect(account.contains(texts.notUsedYet))
        #expect(Visitor.recoveryCodes(on: try visitor.open("/auth/account")).isEmpty)
        let path = String(try #require(account.firstMatch(of: Self.rename)).output.path)
        let renamed = try visitor.post("\(path)/rename", ["name": "Zoë's key"])
        #expect(renamed.values(of: "Location") == ["/auth/account?done=passkeyRenamed#summary"])
        let after = try visitor.open("/auth/account?done=passkeyRenamed").body
        #expect(after.contains(texts.done(.passkeyRenamed)))
        #expect(after.contains("<bdi>Zoë&#39;s key</bdi>"))

        let other = visitor.other()
        #expect(try other.enterPassword().values(of: "Location") == ["/auth/login/second"])
        let step = try other.open("/auth/login/second").body
        #expect(step.contains("<h1>\(texts.proveWithPasskey)</h1>"))
        #expect(step.contains(texts.useRecoveryCode))
        #expect(!step.contains(#"autocomplete="one-time-code""#))
        let signedIn = try Self.prove(&passkey, in: other)
        #expect(signedIn.status == .seeOther, "\(signedIn.text)")
        #expect(!(try other.open("/auth/account").body.contains(texts.notUsedYet)))
    }

    @Test(arguments: Language.allCases)
    func `a passkey that verifies its user is enough, and the last one stays`(
        language: Language
    ) throws {
        let texts = language.texts
        let visitor = Visitor(try Harness(), .customer, language)
        var passkey = Self.passkey()
        try visitor.enterPassword()
        _ = try visitor.add(&passkey, named: "Phone")

        let other = visitor.other()
        let signedIn = try other.post("/auth/passkeys/login", ["credential": other.use(&passkey)])
        #expect(signedIn.status == .seeOther, "\(signedIn.text)")
        let account = try other.open("/auth/account").body
        #expect(account.contains(#"action="/auth/password/delete""#))
        #expect(account.contains(texts.removePasswordConsequence))
        let removed = try other.post("/auth/password/delete")
        #expect(removed.values(of: "Location") == ["/auth/account?done=passwordRemoved#summary"])
        let passwordless = try other.open("/auth/account?done=passwordRemoved").body
        #expect(passwordless.contains(texts.done(.passwordRemoved)))
        #expect(passwordless.contains(texts.setPassword))
        #expect(!passwordless.contains("/auth/password/delete"))

        let path = try #require(passwordless.firstMatch(of: Self.rename)).output.path
        let refused = try other.post("\(path)/delete")
        #expect(refused.status == .conflict)
        #expect(refused.body.contains(texts.title(of: .lastSignInMethod)))
        #expect(refused.body.contains("<bdi>Phone</bdi>"))
    }

    @Test func `a passkey that only saw a touch leaves the password`() throws {
        let visitor = Visitor(try Harness())
        var passkey = Self.passkey()
        passkey.isUserVerified = false
        try visitor.enterPassword()
        _ = try visitor.add(&passkey, named: "Key")
        let other = visitor.other()
        try other.enterPassword()
        #expect(try Self.prove(&passkey, in: other).status == .seeOther)
        let account = try other.open("/auth/account").body
        #expect(account.contains("<bdi>Key</bdi>"))
        #expect(!account.contains("/auth/password/delete"))
        #expect(try other.post("/auth/password/delete").status == .conflict)
    }

    @Test func `a passkey proves in place, and the form goes on`() throws {
        let visitor = Visitor(try Harness())
        var passkey = Self.passkey()
        try visitor.enterPassword()
        _ = try visitor.add(&passkey, named: "Key")
        let asked = try visitor.post("/auth/api-keys", ["name": "nightly export"])
        #expect(asked.status == .forbidden)
        #expect(asked.body.contains(#"name="name" value="nightly export""#))
        #expect(asked.body.contains(#"data-request="{&quot;reauthenticate&quot;:true}""#))
        let created = try visitor.post(
            "/auth/api-keys",
            [
                "name": "nightly export", "scopes": "read", "expiresIn": "30d",
                "proof_method": "passkey",
                "proof_credential": visitor.use(&passkey, for: #"{"reauthenticate":true}"#),
            ])
        #expect(created.status == .ok, "\(created.text)")
        #expect(created.body.contains("luna_"))
    }
}
