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

    /// A new account that waits for approval.
    private func waiting() throws -> UUID {
        try world.add("a\(UUID.random())@example.org", status: .pending).id
    }

    /// What an administrator without a second factor does as ever, and one with it after a proof.
    private func letIn(by caller: Caller) throws {
        let administrator = Administrator.caller(caller)
        var invite = InviteRequest()
        invite.role = .text("member")
        let made = try service.invites.createInvite(invite, by: administrator).invite
        for paused in [true, false] {
            _ = try service.invites.setInvite(made.id, paused: paused, by: administrator)
        }
        let (approved, declined) = (try waiting(), try waiting())
        _ = try service.administration.approve(approved, by: .administrator(administrator))
        try service.administration.decline(declined, by: .administrator(administrator))
        try service.administration.unlock(customer.id, by: administrator)
    }

    @Test func `to let accounts in and to unlock them takes the second factor of who has one`()
        throws
    {
        let session = try world.signIn(email)
        world.clock.advance(seconds: 3_600)
        try letIn(by: service.caller(session))
        let factors = try world.addFactors(to: email)
        let pending = try waiting()
        let invite = try #require(world.store.memory.invites.first).invite
        let stolen = Administrator.caller(try service.caller(session))
        _ = try service.invites.setInvite(invite.id, paused: true, by: stolen)
        let acts: [() throws -> Void] = [
            { _ = try service.invites.createInvite(InviteRequest(), by: stolen) },
            { _ = try service.invites.setInvite(invite.id, paused: false, by: stolen) },
            { _ = try service.administration.approve(pending, by: .administrator(stolen)) },
            { try service.administration.decline(pending, by: .administrator(stolen)) },
            { try service.administration.unlock(customer.id, by: stolen) },
        ]
        for act in acts { #expect(wantedMethods(act) == [.totp, .recovery]) }
        #expect(world.store.memory.invites.map(\.invite.isPaused) == [true])
        #expect(
            world.store.memory.credentials.map(\.account).first { $0.id == pending }?.status
                == .pending)
        try service.reauthenticate(.totp, code: factors.code(at: world.clock.now), in: session)
        try letIn(by: service.caller(session))
    }

    @Test func `an invitation of an administrator takes a session that was authenticated lately`()
        throws
    {
        let session = try world.signIn(Person.owner.email)
        let owner = Administrator.caller(try service.caller(session))
        var request = InviteRequest()
        request.role = .text("admin")
        let wanted = request
        let made = try service.invites.createInvite(wanted, by: owner).invite
        _ = try service.invites.setInvite(made.id, paused: true, by: owner)
        world.clock.advance(seconds: 600)
        #expect(
            wantedMethods { _ = try service.invites.createInvite(wanted, by: owner) }
                == [.password])
        #expect(
            wantedMethods { _ = try service.invites.setInvite(made.id, paused: false, by: owner) }
                == [.password])
        _ = try service.invites.createInvite(InviteRequest(), by: owner)
        try service.reauthenticate(.password, password: Person.password, in: session)
        _ = try service.invites.setInvite(made.id, paused: false, by: owner)
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
