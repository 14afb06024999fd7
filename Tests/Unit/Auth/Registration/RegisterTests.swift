import Testing
import TestSupport

@testable import Auth

struct RegisterTests {
    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(.owner, .customer)
        service = try world.service()
    }

    private func invite(_ invite: StoredInvite = StoredInvite(code: "code")) {
        world.store.change { $0.invites.append(invite) }
    }

    @Test func `a member is pending until approved and may read its own account`() throws {
        guard case .pending(let signedIn) = try service.register("new@example.org") else {
            Issue.record("not pending")
            return
        }
        #expect(signedIn.account.role == .member && signedIn.account.status == .pending)
        #expect(try service.identify(.cookie(signedIn.sessionToken)).account == signedIn.account)
        #expect(throws: AuthError.pendingApproval) {
            try service.authenticate(.cookie(signedIn.sessionToken))
        }
    }

    @Test func `without approval a member is active at once`() throws {
        world.store.change { $0.settings.approval = false }
        guard case .active(let signedIn) = try service.register("new@example.org") else {
            Issue.record("not active")
            return
        }
        #expect(signedIn.account.role == .member && signedIn.account.tier == .free)
        #expect(try service.authenticate(.bearer(signedIn.accessToken)).account == signedIn.account)
    }

    @Test func `an invite creates an active account with its role and tier and is used up`() throws
    {
        invite(StoredInvite(code: "code", role: .admin, tier: .team))
        let account = try service.register("new@example.org", invite: "code").signedIn.account
        #expect(account.status == .active && account.role == .admin && account.tier == .team)
        #expect(world.store.memory.invites.map(\.invite.uses) == [1])
        #expect(throws: AuthError.invalidInvite) {
            try service.registration.requireRegistrationOpen(invite: "code")
        }
        #expect(throws: AuthError.invalidInvite) {
            try service.register("other@example.org", invite: "code")
        }
        #expect(world.account("other@example.org") == nil)
    }

    @Test(arguments: ["", "Code", "code ", "unknown"])
    func `an unknown invite code is never ignored`(code: String) {
        invite()
        #expect(throws: AuthError.invalidInvite) {
            try service.registration.requireRegistrationOpen(invite: code)
        }
        #expect(throws: AuthError.invalidInvite) {
            try service.register("new@example.org", invite: code)
        }
        #expect(world.account("new@example.org") == nil)
    }

    @Test func `a paused or expired invite is rejected`() {
        invite(StoredInvite(code: "paused", isPaused: true))
        invite(StoredInvite(code: "expired", expiresAt: TestClock.start))
        for code in ["paused", "expired"] {
            #expect(throws: AuthError.invalidInvite) {
                try service.registration.requireRegistrationOpen(invite: code)
            }
        }
    }

    @Test func `an invite for one address is rejected for any other`() throws {
        let email = try #require(Email("ada@example.org"))
        invite(StoredInvite(code: "code", email: email))
        #expect(throws: AuthError.invalidInvite) {
            try service.register("eve@example.org", invite: "code")
        }
        try service.register("ada@example.org", invite: "code")
    }

    @Test func `a failed registration uses up no invite`() throws {
        invite()
        #expect(throws: AuthError.emailTaken) {
            try service.register(Person.customer.email, invite: "code")
        }
        let world = world
        world.gate.duringNextTurn {
            #expect(throws: Never.self) { try world.service().signup("new@example.org") }
        }
        #expect(throws: AuthError.emailTaken) {
            try service.register("new@example.org", invite: "code")
        }
        #expect(world.store.memory.invites.map(\.invite.uses) == [0])
    }

    @Test(
        arguments: [
            \Settings.register, \Settings.nativeSignin,
        ] as [any WritableKeyPath<Settings, Bool> & Sendable])
    func `closed registration is open only with an invite`(
        setting: any WritableKeyPath<Settings, Bool> & Sendable
    ) throws {
        try service.registration.requireRegistrationOpen(invite: nil)
        world.store.change { $0.settings[keyPath: setting] = false }
        invite()
        #expect(throws: AuthError.registrationClosed) {
            try service.registration.requireRegistrationOpen(invite: nil)
        }
        #expect(throws: AuthError.registrationClosed) { try service.register("new@example.org") }
        #expect(throws: AuthError.invalidInvite) {
            try service.registration.requireRegistrationOpen(invite: "wrong")
        }
        #expect(throws: AuthError.invalidInvite) {
            try service.register("new@example.org", invite: "wrong")
        }
        #expect(world.account("new@example.org") == nil)
        try service.registration.requireRegistrationOpen(invite: "code")
    }

    @Test func `closing signup leaves registration open`() throws {
        world.store.change { $0.settings.signup = false }
        try service.registration.requireRegistrationOpen(invite: nil)
    }

    @Test func `all invalid inputs are reported together`() {
        let service = service
        #expect(
            fieldsAtFault {
                _ = try service.registration.register(
                    username: .absent, email: .absent, password: .absent, invite: nil,
                    from: .sample)
            } == ["email", "username", "password"])
        #expect(
            fieldsAtFault { try service.register("a@b.cc", username: "\u{2800}") } == ["username"])
        #expect(world.gate.turns == 0)
    }
}
