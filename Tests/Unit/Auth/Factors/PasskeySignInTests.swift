import Crypto
import Testing
import TestSupport

@testable import Auth

/// Signing in with a passkey alone, and proving an account by one.
struct PasskeySignInTests {
    private let it: FactorWorld
    private var passkey = TestPasskey()

    init() throws {
        it = try FactorWorld()
        passkey.signCount = 1
        try it.add(&passkey)
        it.world.clock.advance(seconds: 1)
    }

    private func session(of signedIn: SignedIn) throws -> Session {
        try #require(
            try it.service.signIn.identify(.cookie(signedIn.sessionToken), for: .person).session)
    }

    @Test mutating func `a passkey that verified its user is two factors`() throws {
        let session = try session(of: it.signIn(&passkey))
        #expect(session.methods == [.hardwareKey, .userVerified] && session.methods.hasTwoFactors)
        #expect(session.factorAt == session.createdAt)
        let caller = try it.caller()
        let listed = try it.service.passkeys.passkeys(of: caller)
        #expect(listed.first?.lastUsedAt == it.world.clock.now)
    }

    @Test func `a passkey that is copied is a software key`() throws {
        var synced = TestPasskey()
        (synced.isBackupEligible, synced.isBackedUp) = (true, true)
        #expect(try it.add(&synced).passkey.isSynced)
        synced.isBackedUp = false
        let session = try session(of: it.signIn(&synced))
        #expect(session.methods == [.softwareKey, .userVerified])
        #expect(try it.service.passkeys.passkeys(of: it.caller()).allSatisfy { !$0.isSynced })
    }

    @Test mutating func `a passkey that did not verify its user begins no session`() throws {
        passkey.isUserVerified = false
        #expect(reason { _ = try it.signIn(&passkey) } == .passkeyRefused)
        #expect(it.world.store.memory.sessions.count == 1)
    }

    @Test mutating func `a response is good once, for five minutes`() throws {
        let options = try it.service.passkeys.signInOptions(.signIn)
        let assertion = passkey.use(options)
        _ = try it.service.passkeys.signIn(assertion, by: SignInClient(.sample))
        #expect(
            reason { _ = try it.service.passkeys.signIn(assertion, by: SignInClient(.sample)) }
                == .challengeUnknown)
        let late = try it.service.passkeys.signInOptions(.signIn)
        it.world.clock.advance(seconds: 300)
        #expect(
            reason {
                _ = try it.service.passkeys.signIn(passkey.use(late), by: SignInClient(.sample))
            } == .challengeUnknown)
    }

    @Test mutating func `of two that use one challenge one wins`() throws {
        let assertion = passkey.use(try it.service.passkeys.signInOptions(.signIn))
        let world = it.world
        world.store.beforeNextWrite {
            _ = try? world.service().passkeys.signIn(assertion, by: SignInClient(.sample))
        }
        #expect(
            reason { _ = try it.service.passkeys.signIn(assertion, by: SignInClient(.sample)) }
                == .challengeUnknown)
        #expect(it.world.store.memory.sessions.count == 2)
    }

    @Test mutating func `the counter has to grow, and is kept`() throws {
        passkey.signCount = 5
        _ = try it.signIn(&passkey)
        passkey.signCount = 5
        #expect(reason { _ = try it.signIn(&passkey) } == .passkeyRefused)
        _ = try it.signIn(&passkey)
    }

    @Test func `an unknown passkey is refused without a reason`() throws {
        var unknown = TestPasskey()
        unknown.userHandle = try it.account.id.octets
        do {
            _ = try it.signIn(&unknown)
            Issue.record("signed in")
        } catch AuthError.invalidPasskey(let refusal) {
            #expect(refusal == PasskeyRefusal(.passkeyUnknown))
        }
    }

    @Test mutating func `a passkey has to name its account`() throws {
        passkey.userHandle = nil
        #expect(reason { _ = try it.signIn(&passkey) } == .passkeyUnknown)
        passkey.userHandle = try #require(it.world.account(Person.owner.email)).id.octets
        #expect(reason { _ = try it.signIn(&passkey) } == .passkeyUnknown)
    }

    @Test mutating func `a change of backup eligibility asks to register it again`() throws {
        passkey.isBackupEligible = true
        do {
            _ = try it.signIn(&passkey)
            Issue.record("signed in")
        } catch AuthError.invalidPasskey(let refusal) {
            #expect(refusal.wantsNewRegistration && refusal.sentence?.hasSuffix(".") == false)
        }
    }

    @Test mutating func `the account decides only after the right passkey`() throws {
        let id = try it.account.id
        it.world.change(it.email) { $0.status = .disabled }
        #expect(throws: AuthError.accountDisabled) { try it.signIn(&passkey) }
        passkey.isUserVerified = false
        #expect(reason { _ = try it.signIn(&passkey) } == .passkeyRefused)
        #expect(it.world.store.memory.sessions.count { $0.session.accountID == id } == 1)
    }

    @Test mutating func `where native sign-in is off, passkeys of ordinary accounts are, too`()
        throws
    {
        it.world.store.change { $0.settings.nativeSignin = false }
        #expect(throws: AuthError.nativeSigninDisabled) { try it.signIn(&passkey) }
    }

    @Test mutating func `a passkey that cannot be opened is a fault and no refusal`() throws {
        it.damageFactors()
        #expect(reason { _ = try it.signIn(&passkey) } == .factorKeyUnusable)
    }

    @Test mutating func `a passkey is the second step after the password`() throws {
        let client = SignInClient(.sample)
        let pending = try pendingSignIn()
        #expect(pending.methods == [.recovery, .passkey])
        passkey.isUserVerified = false
        let options = try it.service.passkeys.signInOptions(
            .secondStep(challenge: .text(pending.challenge), client))
        #expect(options.allowed.map(\.handle) == [passkey.handle])
        #expect(!options.requiresUserVerification)
        let signedIn = try complete(pending, passkey.use(options))
        #expect(try session(of: signedIn).methods == [.password, .hardwareKey])
    }

    @Test mutating func `a response to another challenge is no second step`() throws {
        let (one, other) = (try pendingSignIn(), try pendingSignIn())
        let client = SignInClient(.sample)
        let options = try it.service.passkeys.signInOptions(
            .secondStep(challenge: .text(one.challenge), client))
        #expect(reason { _ = try complete(other, passkey.use(options)) } == .challengeUnknown)
        let nameless = try it.service.passkeys.signInOptions(.signIn)
        #expect(reason { _ = try complete(one, passkey.use(nameless)) } == .challengeUnknown)
        // And the other way round: a step is no sign-in.
        #expect(
            reason {
                _ = try it.service.passkeys.signIn(passkey.use(options), by: client)
            } == .challengeUnknown)
    }

    @Test mutating func `the passkey of another account is no second step`() throws {
        let member = try it.service.caller(it.world.signIn(Person.member.email))
        var foreign = TestPasskey()
        try it.add(&foreign, by: member)
        let pending = try pendingSignIn()
        let options = try it.service.passkeys.signInOptions(
            .secondStep(challenge: .text(pending.challenge), SignInClient(.sample)))
        #expect(reason { _ = try complete(pending, foreign.use(options)) } == .passkeyUnknown)
    }

    @Test mutating func `a passkey authenticates a session again, and only the session that asked`()
        throws
    {
        let (own, other) = (try it.caller(by: .password), try it.caller(by: .password))
        let options = try it.service.passkeys.signInOptions(.reauthentication(own))
        let request = ReauthenticationRequest(
            method: .text("passkey"), credential: .response(passkey.use(options)))
        #expect(
            reason {
                _ = try it.service.signIn.reauthenticate(request, by: other, from: .sample)
            } == .challengeUnknown)
        _ = try it.service.signIn.reauthenticate(request, by: own, from: .sample)
        let stored = it.world.store.memory.sessions.first { $0.session.id == own.session?.id }
        #expect(stored?.session.methods == [.password, .hardwareKey, .userVerified])
        #expect(stored?.session.factorAt == it.world.clock.now)
    }

    private func pendingSignIn() throws -> PendingSignIn {
        do {
            _ = try it.service.login(it.email)
        } catch AuthError.secondFactorRequired(let pending) {
            return pending
        }
        throw AuthError.noSecondFactor
    }

    private func complete(
        _ pending: PendingSignIn, _ assertion: PasskeyAssertion
    ) throws -> SignedIn {
        var step = SecondStep()
        step.challenge = .text(pending.challenge)
        step.method = .text("passkey")
        step.credential = .response(assertion)
        return try it.service.signIn.completeSignIn(step, by: SignInClient(.sample))
    }
}
