import API
import Crypto
import HTTP
import TestSupport
import Testing
import Web

@testable import Auth
@testable import Pages

/// The second step of a sign-in, and the browsers that need none.
struct SecondStepPageTests {
    /// A browser that is signed out, of a person with an app.
    private static func withApp(
        _ language: Language
    ) throws -> (visitor: Visitor, secret: Secret) {
        let first = Visitor(try Harness(), .customer, language)
        try first.enterPassword()
        return (first.other(), try first.addApp().secret)
    }

    @Test(arguments: Language.allCases)
    func `a throttled step keeps the choice of the person`(language: Language) throws {
        let (visitor, secret) = try Self.withApp(language)
        let now = TOTP.step(at: visitor.harness.world.clock.now.seconds)
        let right = (-1...1).map { TOTP.code(secret: secret, step: now + $0) }
        let wrong = try #require(
            ["000000", "111111", "222222", "333333"].first { !right.contains($0) })
        func fail() throws -> ReceivedAnswer {
            try visitor.post(
                "/auth/login/second", ["method": "totp", "code": wrong, "trust": "true"])
        }
        try visitor.enterPassword()
        for _ in 1...4 { #expect(try fail().status == .unauthorized) }
        // Beginning again resets nothing.
        try visitor.enterPassword()
        #expect(try fail().status == .unauthorized)
        let throttled = try fail()
        #expect(throttled.status == .tooManyRequests)
        #expect(throttled["Retry-After"] != nil)
        #expect(throttled.body.contains("<h1>\(language.texts.enterCode)</h1>"))
        #expect(throttled.body.contains(language.texts.title(of: .tooManyRequests)))
        #expect(
            throttled.body.contains(
                #"<input type="checkbox" name="trust" value="true" checked"#))
        #expect(!throttled.body.contains(wrong))
        // The same sign-in goes on after the wait.
        visitor.harness.world.clock.advance(seconds: 60)
        #expect(try visitor.enterCode(of: secret).status == .seeOther)
    }

    @Test(arguments: Language.allCases)
    func `a trusted browser is listed, and its trust ends`(language: Language) throws {
        let (visitor, secret) = try Self.withApp(language)
        let texts = language.texts
        try visitor.enterPassword()
        #expect(try visitor.enterCode(of: secret, trusting: true).status == .seeOther)
        #expect(try visitor.open("/auth/account").body.contains(texts.trustedBrowsersAbout))

        visitor.forget("session_token")
        let trusted = try visitor.enterPassword()
        #expect(trusted.values(of: "Location") == ["/auth/account"])
        let account = try visitor.open("/auth/account").body
        let end = try #require(
            account.firstMatch(of: /"(?<path>\/auth\/trusted-browsers\/[0-9a-f-]{36}\/delete)"/))
        let ended = try visitor.post(String(end.output.path))
        #expect(ended.status == .seeOther)
        #expect(ended.values(of: "Location") == ["/auth/account?done=trust#summary"])
        let after = try visitor.open("/auth/account?done=trust")
        #expect(after.body.contains(texts.done(.trust)))
        #expect(!after.body.contains(texts.trustedBrowsersAbout))

        visitor.forget("session_token")
        #expect(
            try visitor.enterPassword().values(of: "Location") == ["/auth/login/second"])
    }

    @Test func `another person's trust is not ended`() throws {
        let (visitor, secret) = try Self.withApp(.en)
        try visitor.enterPassword()
        _ = try visitor.enterCode(of: secret, trusting: true)
        let browser = try #require(visitor.harness.world.store.memory.trustedBrowsers.first)
        let stranger = Visitor(visitor.harness, .member)
        try stranger.enterPassword()
        // As for one that has ended already, so that the response tells nothing.
        let path = "/auth/trusted-browsers/\(browser.id)/delete"
        #expect(try stranger.post(path).status == .seeOther)
        #expect(visitor.harness.world.store.memory.trustedBrowsers.count == 1)
    }
}
