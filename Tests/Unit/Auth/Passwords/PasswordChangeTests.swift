import Crypto
import Testing
import TestSupport

@testable import Auth

struct PasswordChangeTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email
    private let session: Credentials

    init() throws {
        world = try World(.owner, .customer)
        service = try world.service()
        session = try world.signIn(email)
    }

    @Test func `the new password signs in and the old one does not`() throws {
        try service.changePassword(to: "another password", by: session)
        try service.login(email, "another password")
        #expect(throws: AuthError.invalidCredentials) { try service.login(email) }
    }

    @Test func `a password change ends the other sessions of the account and no one else's`() throws
    {
        let others = try (0..<3).map { _ in try world.signIn(email) }
        let foreign = try world.signIn(Person.owner.email)
        try service.changePassword(to: "another password", by: session)
        try service.authenticate(.cookie(session.cookie))
        try service.authenticate(.bearer(session.token))
        try service.authenticate(.cookie(foreign.cookie))
        for other in others {
            #expect(throws: AuthError.unauthenticated) {
                try service.authenticate(.cookie(other.cookie))
            }
        }
    }

    @Test func `an unconfirmed address gets no notice`() throws {
        try service.changePassword(to: "another password", by: session)
        #expect(try world.mails().isEmpty)
        #expect(world.throttle.mailRefusals.count(.unconfirmed) == 1)
    }

    @Test func `a notice states time, device and address`() throws {
        world.confirm(email)
        try service.changePassword(to: "another password", by: session)
        let mail = try #require(try world.mails().last)
        #expect(try world.mails().count == 1)
        #expect(mail.kind == .passwordChanged && mail.to == email)
        #expect(
            mail.values == [
                "name": "customer", "time": "2023-11-14 22:13 UTC", "device": "Sample",
                "address": "192.0.2.1",
            ])
    }

    @Test func `a notice about an unknown client has placeholder values`() throws {
        world.confirm(email)
        try service.passwords.changePassword(
            from: .text(Person.password), to: .text("another password"),
            by: service.caller(session), at: .commandLine)
        let values = try #require(try world.mails().last?.values)
        #expect(values["device"] == "unknown device")
        #expect(values["address"] == "unknown")
    }

    @Test func `a password change invalidates the account's reset and address-change links`() throws
    {
        try world.addLink("reset", .resetPassword, of: email)
        try world.addLink("change", .verifyEmail, of: email, proving: "thief@example.org")
        try world.addLink("foreign", .resetPassword, of: Person.owner.email)
        try service.changePassword(to: "another password", by: session)
        #expect(
            world.store.memory.linkTokens.map(\.hash) == [LinkToken.hash(of: "foreign")])
        try world.addLink("confirm", .verifyEmail, of: email)
        try service.changePassword(
            from: "another password", to: "a third password", by: session)
        #expect(
            world.store.memory.linkTokens.count == 2, "the current address can still be confirmed")
    }

    @Test func `a wrong password changes nothing`() throws {
        let before = world.store.memory.credentials.map(\.passwordHash)
        #expect(throws: AuthError.wrongPassword) {
            try service.changePassword(from: "wrong", to: "another password", by: session)
        }
        #expect(world.store.memory.credentials.map(\.passwordHash) == before)
        #expect(world.store.writes == 0 && world.store.memory.mails.isEmpty)
    }

    @Test
    func
        `wrong passwords share the counters of failed logins, first the session's and then the account's`()
    {
        for _ in 0..<5 {
            #expect(throws: AuthError.wrongPassword) {
                try service.changePassword(from: "wrong", to: "another password", by: session)
            }
            #expect(throws: AuthError.invalidCredentials) {
                try service.login(email, "wrong", presenting: .cookie(session.cookie))
            }
        }
        for _ in 0..<5 {
            #expect(throws: AuthError.wrongPassword) {
                try service.changePassword(from: "wrong", to: "another password", by: session)
            }
        }
        let turns = world.gate.turns
        #expect(throws: AuthError.tooManyRequests(retryAfter: 30)) {
            try service.changePassword(to: "another password", by: session)
        }
        #expect(throws: AuthError.tooManyRequests(retryAfter: 30)) { try service.login(email) }
        #expect(world.gate.turns == turns)
    }

    @Test func `a correct password and an internal error do not count as failures`() throws {
        let world = world
        for _ in 0..<15 {
            try service.changePassword(to: "another password", by: session)
            try service.changePassword(
                from: "another password", to: Person.password, by: session)
            world.gate.isFull = true
            #expect(throws: AuthError.overloaded(retryAfter: 3)) {
                try service.changePassword(from: "wrong", to: "another password", by: session)
            }
            world.gate.isFull = false
        }
    }

    @Test func `all invalid inputs are reported together before any hashing`() throws {
        let caller = try service.caller(session)
        let service = service
        #expect(
            fieldsAtFault {
                try service.passwords.changePassword(
                    from: .absent, to: .notText, by: caller, at: .sample)
            } == ["currentPassword", "newPassword"])
        for password in ["short", "password1", email, "customer", "CUSTOMER@example.org"] {
            #expect(
                fieldsAtFault {
                    try service.changePassword(to: password, by: session)
                } == ["newPassword"])
        }
        #expect(world.gate.turns == 0)
    }

    @Test func `of two concurrent changes the second fails`() throws {
        let (world, session) = (world, session)
        world.gate.duringNextTurn {
            #expect(throws: Never.self) {
                try world.service().changePassword(to: "the other one", by: session)
            }
        }
        #expect(throws: AuthError.wrongPassword) {
            try service.changePassword(to: "another password", by: session)
        }
        try service.login(email, "the other one")
    }

    @Test func `an account deleted or disabled during the change keeps its password`() throws {
        let (world, email) = (world, email)
        world.gate.duringNextTurn { world.change(email) { $0.status = .disabled } }
        #expect(throws: AuthError.wrongPassword) {
            try service.changePassword(to: "another password", by: session)
        }
        world.change(email) { $0.status = .active }
        try service.login(email)
        world.gate.duringNextTurn { world.store.change { $0.credentials = [] } }
        #expect(throws: AuthError.wrongPassword) {
            try service.changePassword(to: "another password", by: session)
        }
    }

    @Test func `without a transport no mail is queued`() throws {
        let world = try World(people: [.customer], sendsMail: false, rules: .sample())
        let session = try world.signIn(email)
        try world.service().changePassword(to: "another password", by: session)
        #expect(world.store.memory.mails.isEmpty)
    }
}
