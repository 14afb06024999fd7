import Crypto
import Testing
import TestSupport

@testable import Auth

/// Adding a factor in a sign-in that waits for it.
struct RequiredEnrolmentTests {
    private let it: FactorWorld
    private let client = SignInClient(.sample)

    init() throws { it = try FactorWorld { $0.factorPolicy = .everybody } }

    private func pendingSignIn(by client: SignInClient) throws -> PendingSignIn {
        do {
            _ = try it.service.signIn.login(
                email: .text(it.email), password: .text(Person.password), by: client)
        } catch AuthError.factorEnrolmentRequired(let pending?) {
            return pending
        }
        throw AuthError.noSecondFactor
    }

    private func owner(_ pending: PendingSignIn, _ client: SignInClient? = nil) -> FactorOwner {
        .pending(challenge: .text(pending.challenge), client ?? self.client)
    }

    private func begin(_ owner: FactorOwner) throws -> TOTPEnrolment {
        try it.service.factors.beginTOTP(by: owner, password: .absent, from: .sample)
    }

    private func confirm(_ code: TextInput, _ owner: FactorOwner) throws -> Enrolled {
        try it.service.factors.confirmTOTP(code: code, by: owner, from: .sample)
    }

    @Test func `an app completes the sign-in, whose session is one by password`() throws {
        let pending = try pendingSignIn(by: client)
        #expect(it.world.store.memory.sessions.isEmpty)
        let begun = try begin(owner(pending))
        let enrolled = try confirm(it.code(of: begun.secret), owner(pending))
        #expect(enrolled.recoveryCodes?.count == 10)
        let token = try #require(enrolled.signedIn?.sessionToken)
        let session = try it.service.signIn.identify(.cookie(token), for: .person).session
        #expect(session?.methods == .password && session?.factorAt == nil)
        #expect(it.world.store.memory.challenges.isEmpty)
        #expect(reason { _ = try begin(owner(pending)) } == .challengeUnknown)
    }

    @Test func `a passkey completes the sign-in`() throws {
        let pending = try pendingSignIn(by: client)
        var passkey = TestPasskey()
        let options = try it.service.passkeys.registrationOptions(
            by: owner(pending), password: .absent, from: .sample)
        let new = try it.service.passkeys.register(
            passkey.register(options), name: .absent, by: owner(pending), from: .sample)
        #expect(new.recoveryCodes?.count == 10 && new.signedIn?.account.email.address == it.email)
        #expect(it.world.store.memory.sessions.count == 1)
        _ = try it.signIn(&passkey)
    }

    @Test func `what one sign-in began no other one confirms`() throws {
        let (one, other) = (try pendingSignIn(by: client), try pendingSignIn(by: client))
        let begun = try begin(owner(one))
        #expect(
            reason { _ = try confirm(it.code(of: begun.secret), owner(other)) } == .challengeUnknown
        )
        var passkey = TestPasskey()
        let options = try it.service.passkeys.registrationOptions(
            by: owner(one), password: .absent, from: .sample)
        #expect(
            reason {
                _ = try it.service.passkeys.register(
                    passkey.register(options), name: .absent, by: owner(other), from: .sample)
            } == .challengeUnknown)
        #expect(try it.credentials.isEmpty && it.world.store.memory.sessions.isEmpty)
    }

    @Test func `of two enrolments at once one wins`() throws {
        let (one, other) = (try pendingSignIn(by: client), try pendingSignIn(by: client))
        let code = try it.code(of: begin(owner(one)).secret)
        var passkey = TestPasskey()
        let options = try it.service.passkeys.registrationOptions(
            by: owner(other), password: .absent, from: .sample)
        let registration = passkey.register(options)
        let (world, second) = (it.world, owner(other))
        world.store.beforeNextWrite {
            _ = try? world.service().passkeys.register(
                registration, name: .absent, by: second, from: .sample)
        }
        #expect(reason { _ = try confirm(code, owner(one)) } == .challengeUnknown)
        #expect(try it.credentials.filter(\.kind.isFactor).map(\.kind) == [.passkey])
        #expect(it.world.store.memory.sessions.count == 1)
    }

    @Test func `the sign-in of a form goes on only in its browser`() throws {
        let pending = try pendingSignIn(by: SignInClient(.sample, isForm: true))
        #expect(reason { _ = try begin(owner(pending)) } == .challengeOfAnotherBrowser)
        let cookie = try #require(pending.browserToken)
        let browser = SignInClient(
            .sample, pendingCookie: Array(cookie.utf8)[...], isForm: true)
        #expect(throws: Never.self) { try begin(owner(pending, browser)) }
    }

    @Test func `a sign-in ends after ten minutes, and with its account`() throws {
        let pending = try pendingSignIn(by: client)
        it.world.change(it.email) { $0.status = .disabled }
        #expect(throws: AuthError.accountDisabled) { try begin(owner(pending)) }
        it.world.change(it.email) { $0.status = .active }
        it.world.clock.advance(seconds: 600)
        #expect(reason { _ = try begin(owner(pending)) } == .challengeUnknown)
    }

    @Test func `a made-up challenge enrols nothing`() throws {
        for text in ["", "x", String(repeating: "A", count: 43)] {
            let made = FactorOwner.pending(challenge: .text(text), client)
            #expect(reason { _ = try begin(made) } == .challengeUnknown)
        }
    }
}
