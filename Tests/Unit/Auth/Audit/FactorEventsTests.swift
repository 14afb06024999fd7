import Crypto
import Testing
import TestSupport

@testable import Auth

/// What the record says of factors, recovery codes and trusted browsers.
struct FactorEventsTests {
    private let it: FactorWorld

    private var world: World { it.world }
    private var service: AuthService { it.service }

    init() throws {
        it = try FactorWorld()
        it.service.begin(for: .sample)
    }

    private func event(_ kind: EventKind) throws -> Event {
        let events = world.events(kind)
        #expect(events.count == 1)
        return try #require(events.first)
    }

    private func begin(by caller: Caller) {
        world.forgetEvents()
        service.begin(as: caller)
    }

    @Test func `a first app comes with recovery codes, and another one replaces it`() throws {
        let (secret, enrolled) = try it.addApp()
        let event = try event(.factorAdded)
        let id = try it.account.id
        #expect(event.subject == id && event.actor == .account(id))
        #expect(try event.object == it.credentials.first { $0.kind == .totp }?.id)
        #expect(event.change("factor") == EventChange(.factor, to: "totp"))
        #expect(event.value("recoveryCodes") == "10")
        for secret in [secret] + (enrolled.recoveryCodes ?? []) {
            #expect(!world.isRecorded(secret))
        }
        world.forgetEvents()
        try it.addApp()
        let other = try self.event(.factorAdded)
        #expect(other.change("factor") == EventChange(.factor, from: "totp", to: "totp"))
        #expect(other.change("recoveryCodes") == nil)
    }

    @Test func `a passkey is named when it is added and removed`() throws {
        var passkey = TestPasskey()
        let added = try it.add(&passkey, named: .text("Blue key")).passkey
        let caller = try it.caller()
        let event = try event(.factorAdded)
        #expect(event.object == added.id && event.value("name") == "Blue key")
        #expect(event.value("factor") == "passkey")
        begin(by: caller)
        for _ in 0..<2 {
            _ = try service.passkeys.rename(added.id, to: .text("Red key"), by: caller)
        }
        let renamed = try self.event(.factorRenamed)
        #expect(renamed.object == added.id && renamed.actor == .account(caller.account.id))
        #expect(renamed.details.changes == [EventChange(.name, from: "Blue key", to: "Red key")])
        begin(by: caller)
        try service.passkeys.remove(added.id, by: caller, from: .sample)
        let removed = try self.event(.factorRemoved)
        #expect(removed.object == added.id)
        #expect(removed.change("name") == EventChange(.name, from: "Red key"))
        #expect(removed.change("factor") == EventChange(.factor, from: "passkey"))
        #expect(try removed.actor == .account(it.account.id))
    }

    @Test func `an app that is removed is on the record`() throws {
        try it.addApp()
        let caller = try it.caller()
        begin(by: caller)
        try service.factors.removeTOTP(by: caller, from: .sample)
        #expect(
            try event(.factorRemoved).change("factor") == EventChange(.factor, from: "totp"))
    }

    @Test func `an administrator's reset says what was there`() throws {
        var passkey = TestPasskey()
        try it.addApp()
        try it.add(&passkey)
        let admin = try service.caller(world.signIn(Person.admin.email))
        begin(by: admin)
        try service.factors.reset(of: it.account.id, by: .caller(admin))
        let event = try event(.factorsReset)
        #expect(try event.subject == it.account.id && event.actor == .account(admin.account.id))
        #expect(event.change("factor")?.old == "totp")
        #expect(event.change("passkeys") == EventChange(.passkeys, from: "1", to: "0"))
        #expect(event.value("recoveryCodes") == "0")
        #expect(world.events(.sessionsEnded).map { $0.value("reason") } == ["factors_reset"])
    }

    @Test func `a recovery code that is used, and codes that are replaced`() throws {
        let codes = try #require(try it.addApp().enrolled.recoveryCodes)
        world.forgetEvents()
        service.begin(for: .sample)
        let pending = try service.firstStep(it.email)
        try service.secondStep(SecondStep(.recovery, codes[0], of: pending.challenge))
        let used = try event(.recoveryCodeUsed)
        #expect(used.change("left") == EventChange(.left, from: "10", to: "9"))
        #expect(try used.subject == it.account.id && used.actor == .account(it.account.id))
        #expect(try event(.sessionCreated).value("methods") == "pwd otp")
        let caller = try it.caller()
        begin(by: caller)
        let texts = try service.factors.replaceRecoveryCodes(by: caller, from: .sample)
        #expect(try event(.recoveryCodesReplaced).value("count") == "10")
        for code in codes + texts { #expect(!world.isRecorded(code)) }
    }

    /// Signs in with both factors in a browser that is to be trusted.
    private func trust(_ secret: String, trusted: String? = nil) throws -> String {
        world.clock.advance(seconds: 30)
        let client = trusted.map(SignInClient.trusted) ?? .sample
        guard case .text(let code) = try it.code(of: secret) else { return "" }
        // The first step without the cookie, which would make the second needless.
        let pending = try service.firstStep(it.email)
        let signedIn = try service.secondStep(
            SecondStep(.totp, code, of: pending.challenge, trusts: true), by: client)
        return try #require(signedIn.trust).value
    }

    @Test func `trust is given to a browser, replaced and ended`() throws {
        let secret = try it.addApp().secret
        world.forgetEvents()
        service.begin(for: .sample)
        let cookie = try trust(secret)
        let browser = try #require(world.store.memory.trustedBrowsers.first)
        let given = try event(.trustGiven)
        #expect(given.object == browser.id && given.change("browser") == nil)
        #expect(try given.subject == it.account.id && given.actor == .account(it.account.id))
        #expect(given.value("expires") == browser.expiresAt.rfc3339)
        _ = try trust(secret, trusted: cookie)
        let again = try #require(world.events(.trustGiven).last)
        #expect(again.change("browser")?.old == "\(browser.id)")
        #expect(world.events(.trustEnded).isEmpty && !world.isRecorded(cookie))

        let caller = try it.caller()
        begin(by: caller)
        let present = try #require(world.store.memory.trustedBrowsers.first)
        try service.factors.endTrust(present.id, of: caller)
        #expect(throws: AuthError.notFound) {
            try service.factors.endTrust(present.id, of: caller)
        }
        #expect(try event(.trustEnded).object == present.id)
    }

    @Test func `trust in all browsers ends as one event`() throws {
        let secret = try it.addApp().secret
        for _ in 0..<2 { _ = try trust(secret) }
        let caller = try it.caller()
        begin(by: caller)
        #expect(try service.factors.endAllTrust(of: caller) == 2)
        #expect(try service.factors.endAllTrust(of: caller) == 0)
        let event = try event(.trustEnded)
        #expect(event.value("count") == "2" && event.object == nil)
    }
}
