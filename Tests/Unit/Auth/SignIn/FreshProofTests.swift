import Crypto
import Testing
import TestSupport

@testable import Auth

/// Requests that need the password, sent along or entered recently: an API key outlives the session
/// that creates it.
struct FreshProofTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email

    init() throws {
        world = try World(.customer)
        service = try world.service()
    }

    @discardableResult
    private func makeKey(
        by session: Credentials, _ password: TextInput = .absent
    ) throws -> NewAPIKey {
        var request = APIKeyRequest()
        request.name = .text("ci")
        request.password = password
        return try service.createAPIKey(request, by: service.caller(session))
    }

    @Test func `a login counts as recent authentication for ten minutes`() throws {
        let session = try world.signIn(email)
        world.clock.advance(seconds: 599)
        try makeKey(by: session)
        world.clock.advance(seconds: 1)
        #expect(throws: AuthError.reauthenticationRequired([.password])) {
            try makeKey(by: session)
        }
        #expect(world.store.memory.apiKeys.count == 1 && world.gate.turns == 0)
        try makeKey(by: world.signIn(email))
    }

    @Test func `a session begun without a password needs the password`() throws {
        #expect(throws: AuthError.reauthenticationRequired([.password])) {
            try makeKey(by: world.signIn(email, by: []))
        }
    }

    @Test func `an authentication time in the future does not count as recent`() throws {
        let session = try world.signIn(email)
        world.clock.jump(seconds: -1)
        #expect(throws: AuthError.reauthenticationRequired([.password])) {
            try makeKey(by: session)
        }
    }

    @Test func `login, signup and registration record a password authentication`() throws {
        for signedIn in [
            try service.login(email), try service.signup("a@example.org"),
            try service.register("b@example.org").signedIn,
        ] {
            let caller = try service.identify(.cookie(signedIn.sessionToken))
            #expect(caller.session?.methods == .password)
            #expect(caller.session?.authenticatedAt == world.clock.now)
        }
    }

    @Test func `the password is accepted instead and renews the recent authentication`() throws {
        let session = try world.signIn(email, by: [])
        world.clock.advance(seconds: 10_000)
        try makeKey(by: session, .text(Person.password))
        world.clock.advance(seconds: 599)
        try makeKey(by: session)
        world.clock.advance(seconds: 1)
        #expect(throws: AuthError.reauthenticationRequired([.password])) {
            try makeKey(by: session)
        }
    }

    @Test func `changing the password renews the recent authentication of the kept session`() throws
    {
        let session = try world.signIn(email)
        world.clock.advance(seconds: 10_000)
        try service.changePassword(to: "another password", by: session)
        try makeKey(by: session)
    }

    @Test func `a password that is sent is always checked and counts as an attempt`() throws {
        let session = try world.signIn(email)
        for _ in 0..<15 {
            #expect(throws: AuthError.wrongPassword) { try makeKey(by: session, .text("wrong")) }
        }
        #expect(throws: AuthError.tooManyRequests(retryAfter: 30)) {
            try makeKey(by: session, .text(Person.password))
        }
        #expect(world.store.memory.apiKeys.isEmpty && world.store.writes == 0)
        let another = service
        let caller = try another.caller(session)
        var request = APIKeyRequest()
        request.password = .notText
        let wanted = request
        #expect(
            fieldsAtFault { _ = try another.createAPIKey(wanted, by: caller) }
                == ["name", "password"])
    }

    @Test func `a password that changes during the check creates no key`() throws {
        let (world, session, other) = (
            world, try world.signIn(email), try world.signIn(email)
        )
        world.gate.duringNextTurn {
            #expect(throws: Never.self) {
                try world.service().changePassword(to: "another password", by: other)
            }
        }
        #expect(throws: AuthError.unauthenticated) {
            try makeKey(by: session, .text(Person.password))
        }
        world.gate.duringNextTurn {
            #expect(throws: Never.self) {
                try world.service().changePassword(
                    from: "another password", to: "a third password", by: other)
            }
        }
        #expect(throws: AuthError.wrongPassword) {
            try makeKey(by: other, .text("another password"))
        }
        #expect(world.store.memory.apiKeys.isEmpty)
    }

    @Test(arguments: [true, false])
    func `a new key is announced to a confirmed address only`(isConfirmed: Bool) throws {
        if isConfirmed { world.change(email) { $0.emailVerifiedAt = $0.createdAt } }
        let made = try makeKey(by: world.signIn(email))
        let mails = try world.mails()
        #expect(mails.map(\.kind) == (isConfirmed ? [.apiKeyCreated] : []))
        guard let mail = mails.first else { return }
        #expect(mail.to == email)
        #expect(
            mail.values == [
                "name": "customer", "keyName": "ci", "prefix": made.details.prefix,
                "scopes": "read, write", "expires": "never", "time": "2023-11-14 22:13 UTC",
                "device": "Sample", "address": "192.0.2.1",
            ])
        #expect(
            !mail.values.values.contains { made.text.hasPrefix($0) && $0 != made.details.prefix })
    }

    @Test(arguments: [true, false])
    func `a password change revokes API keys only on request`(isAsked: Bool) throws {
        let key = try world.makeKey(of: email).text
        let session = try world.signIn(email)
        try service.passwords.changePassword(
            from: .text(Person.password), to: .text("another password"), revokingAPIKeys: isAsked,
            by: service.caller(session), at: .sample)
        if isAsked {
            #expect(throws: AuthError.invalidToken) { try service.identify(.bearer(key)) }
        } else {
            try service.identify(.bearer(key))
        }
    }
}
