import Crypto
import Testing
import TestSupport

@testable import Auth

/// What a reset by mail does to second factors.
struct ResetFactorsTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email

    init() throws {
        world = try .unlimited(.owner, .customer)
        service = try world.service()
        try world.addLink("reset", .resetPassword, of: email)
    }

    @Test func `a confirmed address keeps its factors, which the new password still meets`() throws
    {
        world.confirm(email)
        _ = try world.addFactors(to: email)
        try world.addPasskey(to: email)
        try service.resetPassword("reset", to: "another password")
        #expect(world.store.memory.factors.count == 3)
        #expect(world.store.memory.sessions.isEmpty)
        #expect(try service.firstStep(email, "another password").purpose == .secondFactor)
        let values = try #require(try world.mails(of: .passwordReset).last).values
        #expect(values["factorsKept"] == "authenticator app, passkey, recovery codes")
        #expect(values["factorsRemoved"] == nil)
    }

    @Test func `an address that was never confirmed loses what a stranger may have added`() throws {
        let factors = try world.addFactors(to: email)
        try world.addPasskey(to: email)
        let pending = try service.firstStep(email)
        try service.secondStep(
            SecondStep(
                .totp, factors.code(at: world.clock.now), of: pending.challenge, trusts: true))
        _ = try service.firstStep(email)
        try service.resetPassword("reset", to: "another password")
        let memory = world.store.memory
        #expect(memory.factors.isEmpty && memory.trustedBrowsers.isEmpty)
        #expect(memory.challenges.isEmpty && world.liveSessions(of: email).isEmpty)
        try service.login(email, "another password")
        let values = try #require(try world.mails(of: .passwordReset).last).values
        #expect(values["factorsRemoved"] == "authenticator app, passkey, recovery codes")
        #expect(values["factorsKept"] == nil && values["trustedBrowsers"] == "1")
    }

    @Test func `no link sets a password for an account that signs in by passkey alone`() throws {
        world.confirm(email)
        try world.addPasskey(to: email, removingPassword: true)
        try world.addLink("confirm", .verifyEmail, of: email)
        for token in ["reset", "confirm"] {
            #expect(throws: AuthError.invalidLink) {
                try service.resetPassword(token, to: "another password")
            }
        }
        #expect(try !service.email.emailLink(token: "confirm", presented: nil).setsPassword)
        #expect(world.store.memory.factors.count == 1)
    }

    @Test(arguments: ["reset", "confirm"])
    func `an address that was never confirmed is taken back from a stranger's passkey`(
        token: String
    ) throws {
        try world.addPasskey(to: email, removingPassword: true)
        try world.addLink("confirm", .verifyEmail, of: email)
        let stranger = try world.signIn(email, by: [.hardwareKey, .userVerified])
        #expect(try service.email.emailLink(token: "confirm", presented: nil).setsPassword)
        try service.resetPassword(token, to: "another password")
        #expect(world.store.memory.factors.isEmpty)
        #expect(throws: AuthError.self) { try service.caller(stranger) }
        try service.login(email, "another password")
    }

    @Test func `the address of an administrator opens no account by a link before it is confirmed`()
        throws
    {
        world.change(email) { $0.role = .admin }
        try world.addPasskey(to: email, removingPassword: true)
        #expect(throws: AuthError.invalidLink) {
            try service.resetPassword("reset", to: "another password")
        }
        #expect(world.store.memory.factors.count == 1)
    }

    @Test func `after a rescue the link is the way back`() throws {
        try world.addPasskey(to: email, removingPassword: true)
        #expect(try service.factors.reset(ofEmail: email))
        try service.resetPassword("reset", to: "another password")
        try service.login(email, "another password")
    }

    @Test func `the holder of an account without a password gives it one by a factor`() throws {
        try world.addPasskey(to: email, removingPassword: true)
        let session = try world.signIn(email, by: [.hardwareKey, .userVerified])
        let caller = try service.caller(session)
        #expect(
            fieldsAtFault {
                try service.passwords.changePassword(
                    from: .absent, to: .text("short"), by: caller, at: .sample)
            } == ["newPassword"])
        try service.passwords.changePassword(
            from: .absent, to: .text("another password"), by: caller, at: .sample)
        #expect(
            try service.firstStep(email, "another password").methods == [.passkey])
        world.clock.advance(seconds: 600)
        #expect(
            wantedMethods {
                try service.changePassword(
                    from: "another password", to: "a third password", by: session)
            } == [.passkey])
    }
}
