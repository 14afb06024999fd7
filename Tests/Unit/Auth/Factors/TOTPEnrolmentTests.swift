import Crypto
import Testing
import TestSupport

@testable import Auth

/// Adding, replacing and removing an authenticator app.
struct TOTPEnrolmentTests {
    private let it: FactorWorld

    init() throws { it = try FactorWorld() }

    private func begin(_ caller: Caller, _ password: TextInput = .absent) throws -> TOTPEnrolment {
        try it.service.factors.beginTOTP(by: .caller(caller), password: password, from: .sample)
    }

    @discardableResult
    private func confirm(_ code: TextInput, _ caller: Caller) throws -> Enrolled {
        try it.service.factors.confirmTOTP(code: code, by: .caller(caller), from: .sample)
    }

    @Test func `the link names site and account, and the secret has 160 bits`() throws {
        let begun = try begin(it.caller(by: .password))
        #expect(Base32.decode(begun.secret.utf8)?.count == 20)
        #expect(
            begun.url
                == "otpauth://totp/lunauth:customer%40example.org?secret=\(begun.secret)"
                + "&issuer=lunauth&algorithm=SHA1&digits=6&period=30")
        #expect(
            begun.groupedSecret.split(separator: " ").map(\.count) == [Int](repeating: 4, count: 8))
        #expect(begun.expiresAt == it.world.clock.now.adding(seconds: 600))
    }

    @Test func `the first factor brings ten recovery codes, and a mail`() throws {
        let enrolled = try it.addApp().enrolled
        #expect(enrolled.recoveryCodes?.count == 10 && enrolled.signedIn == nil)
        #expect(try it.kinds == [.totp, .recovery])
        #expect(try it.world.mails(of: .factorAdded).map(\.to) == [it.email])
        #expect(it.world.store.memory.challenges.isEmpty)
        let change = try #require(it.service.takeJournal().changes.last)
        #expect(change.name == "totp" && change.new == "added")
    }

    @Test func `enrolling is no proof, and a sign-in before it is none either`() throws {
        let caller = try it.caller(by: .password)
        try it.addApp(by: caller)
        let session = try #require(it.world.store.memory.sessions.last?.session)
        #expect(session.methods == .password && session.factorAt == nil)
        it.world.clock.advance(seconds: 1)
        #expect(throws: AuthError.reauthenticationRequired([])) {
            try it.service.factors.removeTOTP(by: caller, from: .sample)
        }
    }

    @Test func `a password that is sent is a proof for an account without a factor`() throws {
        let caller = try it.caller(by: .password)
        it.world.clock.advance(seconds: 600)
        #expect(throws: AuthError.reauthenticationRequired([])) { try begin(caller) }
        #expect(throws: AuthError.wrongPassword) { try begin(caller, .text("wrong")) }
        #expect(throws: Never.self) { try begin(caller, .text(Person.password)) }
        try it.addApp()
        it.world.clock.advance(seconds: 600)
        #expect(throws: AuthError.reauthenticationRequired([])) {
            try begin(caller, .text(Person.password))
        }
    }

    @Test func `a wrong code adds nothing, and five end what was begun`() throws {
        let caller = try it.caller(by: .password)
        let begun = try begin(caller)
        for _ in 0..<5 {
            #expect(reason { try confirm(.text("12345x"), caller) } == .codeWrong)
        }
        #expect(reason { try confirm(it.code(of: begun.secret), caller) } == .challengeUnknown)
        #expect(try it.credentials.isEmpty)
    }

    @Test func `ten minutes later there is nothing to confirm`() throws {
        let caller = try it.caller(by: .password)
        let begun = try begin(caller)
        it.world.clock.advance(seconds: 599)
        #expect(reason { try confirm(.text("000000 "), caller) } == .codeWrong)
        it.world.clock.advance(seconds: 1)
        #expect(
            reason { try confirm(it.code(of: begun.secret), it.caller(by: .password)) }
                == .challengeUnknown)
    }

    @Test func `only the session that began an app can confirm it`() throws {
        let (own, other) = (try it.caller(by: .password), try it.caller(by: .password))
        let begun = try begin(own)
        #expect(reason { try confirm(it.code(of: begun.secret), other) } == .challengeUnknown)
        // One an account: the second takes the place of the first.
        let second = try begin(other)
        #expect(reason { try confirm(it.code(of: begun.secret), own) } == .challengeUnknown)
        #expect(throws: Never.self) { try confirm(it.code(of: second.secret), other) }
    }

    @Test func `of two confirmations at once one wins`() throws {
        let caller = try it.caller(by: .password)
        let code = try it.code(of: begin(caller).secret)
        let world = it.world
        world.store.beforeNextWrite {
            let service = try? world.service()
            _ = try? service?.factors.confirmTOTP(
                code: code, by: .caller(caller), from: .sample)
        }
        #expect(throws: (any Error).self) { try confirm(code, caller) }
        #expect(try it.kinds == [.totp, .recovery])
    }

    @Test func `a new app takes the place of the present one, and recovery codes stay`() throws {
        let first = try it.addApp().secret
        let codes = try it.credentials.first { $0.kind == .recovery }
        let second = try it.addApp()
        #expect(second.enrolled.recoveryCodes == nil && second.secret != first)
        #expect(try it.credentials.count == 2 && it.credentials.contains { $0 == codes })
    }

    @Test func `removing the last factor removes the recovery codes and tells by mail`() throws {
        try it.addApp()
        try it.service.factors.removeTOTP(by: it.caller(), from: .sample)
        #expect(try it.credentials.isEmpty)
        #expect(try it.world.mails(of: .factorRemoved).map(\.to) == [it.email])
        #expect(throws: AuthError.noSecondFactor) {
            try it.service.factors.removeTOTP(by: it.caller(), from: .sample)
        }
    }

    @Test func `of two that remove the last factor one wins`() throws {
        try it.addApp()
        let (one, other) = (try it.caller(), try it.caller())
        let world = it.world
        world.store.beforeNextWrite {
            try? world.service().factors.removeTOTP(by: other, from: .sample)
        }
        #expect(throws: AuthError.noSecondFactor) {
            try it.service.factors.removeTOTP(by: one, from: .sample)
        }
        #expect(try it.world.mails(of: .factorRemoved).count == 1)
    }

    @Test func `an API key adds and removes nothing`() throws {
        let key = try it.world.makeKey(of: it.email, scopes: [.read, .write]).text
        let caller = try it.service.signIn.identify(.bearer(key), for: .read)
        #expect(throws: (any Error).self) { try begin(caller) }
        #expect(throws: (any Error).self) {
            try it.service.factors.removeTOTP(by: caller, from: .sample)
        }
        #expect(it.world.store.memory.challenges.isEmpty)
    }
}
