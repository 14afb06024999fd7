import Crypto
import Testing
import TestSupport

@testable import Auth

/// What an administrator has to prove before roles and settings change.
struct AdministratorPresenceTests {
    private let world: World
    private let service: AuthService
    private let email = Person.admin.email
    private let customer: Account

    init() throws {
        world = try World(.owner, .admin, .customer)
        service = try world.service()
        customer = try #require(world.account(Person.customer.email))
    }

    private func change(
        by caller: Caller, _ edit: (inout AccountChange) -> Void
    ) throws {
        var change = AccountChange()
        edit(&change)
        _ = try service.administration.changeAccount(customer.id, change, by: .caller(caller))
    }

    private func changeSettings(by caller: Caller) throws {
        var change = SettingsChange()
        change.signup = !world.store.memory.settings.signup
        _ = try service.change(change, by: caller)
    }

    @Test func `an account changes for a session that was authenticated lately, except by name`()
        throws
    {
        let session = try world.signIn(email)
        let caller = try service.caller(session)
        try change(by: caller) { $0.tier = .text("pro") }
        world.clock.advance(seconds: 600)
        let edits: [(inout AccountChange) -> Void] = [
            { $0.tier = .text("team") }, { $0.role = .text("member") },
            { $0.status = .text("disabled") }, { $0.emailVerified = true },
        ]
        for edit in edits { #expect(wantedMethods { try change(by: caller, edit) } == [.password]) }
        #expect(world.account(Person.customer.email)?.tier == .pro)
        try change(by: caller) { $0.name = .text("Another Name") }
        try change(by: caller) { $0.tier = .text("pro") }
        try service.reauthenticate(.password, password: Person.password, in: session)
        try change(by: caller) { $0.role = .text("member") }
    }

    @Test func `a rescue takes a session that was authenticated lately`() throws {
        _ = try world.addFactors(to: Person.customer.email)
        let session = try world.signIn(email)
        let caller = try service.caller(session)
        world.clock.advance(seconds: 600)
        #expect(
            wantedMethods { try service.factors.reset(of: customer.id, by: .caller(caller)) }
                == [.password])
        #expect(!world.store.memory.factors.isEmpty)
        try service.reauthenticate(.password, password: Person.password, in: session)
        try service.factors.reset(of: customer.id, by: .caller(caller))
        #expect(world.store.memory.factors.isEmpty)
    }

    @Test func `a deletion takes a session that was authenticated lately`() throws {
        let session = try world.signIn(email)
        let caller = try service.caller(session)
        func delete() throws {
            _ = try service.administration.deleteAccount(customer.id, by: .caller(caller))
        }
        world.clock.advance(seconds: 600)
        #expect(wantedMethods(delete) == [.password])
        #expect(world.account(Person.customer.email) != nil)
        try service.reauthenticate(.password, password: Person.password, in: session)
        let factors = try world.addFactors(to: email)
        world.clock.advance(seconds: 1)
        #expect(wantedMethods(delete) == [.totp, .recovery])
        try service.reauthenticate(.totp, code: factors.code(at: world.clock.now), in: session)
        try delete()
        #expect(world.account(Person.customer.email) == nil)
    }

    @Test func `API keys and the command line change tiers as before`() throws {
        let key = try world.makeKey(of: email, scopes: [.read, .write, .admin]).text
        world.clock.advance(seconds: 3_600)
        try change(by: service.identify(.bearer(key))) { $0.tier = .text("pro") }
        _ = try service.administration.setStatus(.disabled, ofEmail: Person.customer.email)
    }

    @Test func `settings change without a proof until the account has a second factor`() throws {
        let session = try world.signIn(email)
        let caller = try service.caller(session)
        world.clock.advance(seconds: 3_600)
        try changeSettings(by: caller)
        let factors = try world.addFactors(to: email)
        #expect(wantedMethods { try changeSettings(by: caller) } == [.totp, .recovery])
        let code = factors.code(at: world.clock.now)
        try service.reauthenticate(.totp, code: code, in: session)
        // The next request reads the session as it is now.
        let proven = try service.caller(session)
        try changeSettings(by: proven)
        #expect(wantedMethods { try change(by: proven) { $0.tier = .text("team") } } == nil)
    }
}
