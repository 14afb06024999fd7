import Crypto
import Testing
import TestSupport

@testable import Auth

/// Adding a passkey.
struct PasskeyRegistrationTests {
    private let it: FactorWorld
    private var passkey = TestPasskey()

    init() throws { it = try FactorWorld() }

    private func options(by caller: Caller) throws -> RegistrationOptions {
        try it.service.passkeys.registrationOptions(
            by: .caller(caller), password: .absent, from: .sample)
    }

    @discardableResult
    private func register(
        _ registration: PasskeyRegistration, named name: TextInput = .absent, by caller: Caller
    ) throws -> NewPasskey {
        try it.service.passkeys.register(
            registration, name: name, by: .caller(caller), from: .sample)
    }

    @Test func `the options name site, account and algorithms`() throws {
        let options = try options(by: it.caller(by: .password))
        #expect(options.rpID == "localhost" && options.rpName == "lunauth")
        #expect(try options.userHandle == it.account.id.octets && options.email == it.email)
        #expect(options.challenge.count == 32 && options.algorithms == [-7, -8, -257])
        #expect(options.lifetime == 300 && options.excluded.isEmpty)
    }

    @Test mutating func `a first passkey brings recovery codes, and a mail that names it`() throws {
        let caller = try it.caller(by: .password)
        let new = try it.add(&passkey, named: .text("Laptop"), by: caller)
        #expect(new.recoveryCodes?.count == 10 && new.signedIn == nil)
        #expect(new.passkey.name == "Laptop" && new.passkey.canVerifyUser)
        #expect(new.passkey.transports == ["internal"] && !new.passkey.isSynced)
        #expect(try it.service.passkeys.passkeys(of: caller) == [new.passkey])
        #expect(try it.world.mails(of: .factorAdded).count == 1)
        // Enrolling is no proof.
        let session = try #require(it.world.store.memory.sessions.last?.session)
        #expect(session.methods == .password && session.factorAt == nil)
    }

    @Test(arguments: [TextInput.absent, .text(""), .text("  ")])
    func `a passkey without a name is called Passkey`(name: TextInput) throws {
        var passkey = TestPasskey()
        #expect(try it.add(&passkey, named: name).passkey.name == "Passkey")
    }

    @Test mutating func `a name that hides text is refused, and the challenge stays`() throws {
        let caller = try it.caller()
        let registration = try passkey.register(options(by: caller))
        #expect(
            fieldsAtFault { try register(registration, named: .text("a\u{202E}b"), by: caller) }
                == ["name"])
        #expect(throws: Never.self) { try register(registration, by: caller) }
    }

    @Test mutating func `a second passkey brings no codes, and the first is excluded`() throws {
        try it.add(&passkey)
        let caller = try it.caller()
        let options = try options(by: caller)
        #expect(options.excluded.map(\.handle) == [passkey.handle])
        #expect(options.excluded.map(\.transports) == [["internal"]])
        var second = TestPasskey()
        #expect(try register(second.register(options), by: caller).recoveryCodes == nil)
    }

    @Test mutating func `a response is good once`() throws {
        let caller = try it.caller()
        let registration = try passkey.register(options(by: caller))
        try register(registration, by: caller)
        #expect(reason { try register(registration, by: it.caller()) } == .challengeUnknown)
        #expect(try it.credentials.count == 2)
    }

    @Test mutating func `a refused response uses up its challenge, too`() throws {
        let caller = try it.caller()
        let options = try options(by: caller)
        passkey.origin = "http://localhost.evil.example"
        #expect(reason { try register(passkey.register(options), by: caller) } == .passkeyRefused)
        passkey.origin = "http://localhost"
        #expect(reason { try register(passkey.register(options), by: caller) } == .challengeUnknown)
        #expect(try it.credentials.isEmpty)
    }

    @Test mutating func `another session, account or time cannot answer`() throws {
        let caller = try it.caller()
        let registration = try passkey.register(options(by: caller))
        let stranger = try it.service.caller(it.world.signIn(Person.member.email))
        #expect(reason { try register(registration, by: it.caller()) } == .challengeUnknown)
        #expect(reason { try register(registration, by: stranger) } == .challengeUnknown)
        it.world.clock.advance(seconds: 300)
        #expect(reason { try register(registration, by: caller) } == .challengeUnknown)
        #expect(try it.credentials.isEmpty)
    }

    @Test mutating func `the passkey of another account is refused`() throws {
        try it.add(&passkey)
        let stranger = try it.service.caller(it.world.signIn(Person.member.email))
        let error = failure { () throws(AuthError) in
            do {
                try register(passkey.register(options(by: stranger)), by: stranger)
            } catch let error as AuthError {
                throw error
            } catch {}
        }
        guard case .invalidPasskey(let refusal)? = error else {
            Issue.record("not refused")
            return
        }
        #expect(refusal.sentence == "This passkey was added before")
    }

    @Test func `an account has at most twenty`() throws {
        for _ in 0..<Passkey.maximumPerAccount {
            var passkey = TestPasskey()
            try it.add(&passkey)
        }
        #expect(throws: AuthError.limitReached) { try options(by: it.caller()) }
    }

    @Test mutating func `of two registrations at once one wins`() throws {
        let caller = try it.caller()
        let registration = try passkey.register(options(by: caller))
        let world = it.world
        world.store.beforeNextWrite {
            _ = try? world.service().passkeys.register(
                registration, name: .absent, by: .caller(caller), from: .sample)
        }
        #expect(throws: (any Error).self) { try register(registration, by: caller) }
        #expect(
            try it.credentials.count == 2 && it.kinds == [.passkey, .recovery])
    }

    @Test func `adding wants a fresh proof and a session`() throws {
        let caller = try it.caller(by: .password)
        it.world.clock.advance(seconds: 600)
        #expect(throws: AuthError.reauthenticationRequired([])) { try options(by: caller) }
        let key = try it.world.makeKey(of: it.email, scopes: [.read, .write]).text
        let program = try it.service.signIn.identify(.bearer(key), for: .read)
        #expect(throws: (any Error).self) { try options(by: program) }
    }

    @Test func `an address or another domain has no passkeys`() throws {
        let it = try FactorWorld(.customer) { $0.passkeyRelyingPartyID = "example.org" }
        #expect(it.service.passkeys.availability == .unavailable(.otherDomain))
        let caller = try it.caller()
        #expect(throws: AuthError.passkeysUnavailable) {
            try it.service.passkeys.registrationOptions(
                by: .caller(caller), password: .absent, from: .sample)
        }
        #expect(throws: AuthError.passkeysUnavailable) {
            try it.service.passkeys.signInOptions(.signIn)
        }
        #expect(try !it.service.factors.overview(of: caller).passkeysAvailable)
    }
}

/// Where passkeys can be used.
struct PasskeyAvailabilityTests {
    @Test(
        arguments: [
            (
                "https://app.example.org", nil,
                PasskeyAvailability.available(rpID: "app.example.org")
            ),
            ("https://app.example.org", "example.org", .available(rpID: "example.org")),
            ("https://app.example.org:8443", nil, .available(rpID: "app.example.org")),
            ("http://localhost:8080", nil, .available(rpID: "localhost")),
            ("http://app.localhost", nil, .available(rpID: "app.localhost")),
            ("https://app.example.org", "example.com", .unavailable(.otherDomain)),
            ("https://badexample.org", "example.org", .unavailable(.otherDomain)),
            ("http://app.example.org", nil, .unavailable(.insecure)),
            ("https://192.0.2.1", nil, .unavailable(.address)),
            ("https://[2001:db8::1]", nil, .unavailable(.address)),
            ("https://0x7f.0x1", nil, .unavailable(.address)),
            ("https://127.1", "127.1", .unavailable(.address)),
        ] as [(String, String?, PasskeyAvailability)])
    func `a browser binds a passkey to the domain of a secure site`(
        website: String, domain: String?, expected: PasskeyAvailability
    ) throws {
        let origin = try #require(Origin(website))
        #expect(PasskeyAvailability(of: origin, boundTo: domain) == expected)
    }
}
