import Crypto
import Testing
import TestSupport

@testable import Auth

/// Passkeys that an account has, and accounts that have nothing else.
struct PasskeysTests {
    private let it: FactorWorld
    private var passkey = TestPasskey()
    private let id: UUID

    init() throws {
        it = try FactorWorld()
        id = try it.add(&passkey).passkey.id
    }

    private func remove(_ id: UUID, by caller: Caller? = nil) throws {
        try it.service.passkeys.remove(id, by: caller ?? it.caller(), from: .sample)
    }

    private func removePassword() throws {
        try it.service.factors.removePassword(by: it.caller(), from: .sample)
    }

    private func hash() throws -> PasswordHash? {
        let id = try it.account.id
        return it.world.store.memory.credentials.first { $0.account.id == id }?.passwordHash
    }

    @Test func `a passkey is renamed by its account alone`() throws {
        let renamed = try it.service.passkeys.rename(id, to: .text(" Key "), by: it.caller())
        #expect(renamed.name == "Key" && renamed.id == id)
        let stranger = try it.service.caller(it.world.signIn(Person.member.email))
        #expect(throws: AuthError.notFound) {
            try it.service.passkeys.rename(id, to: .text("x"), by: stranger)
        }
        #expect(throws: AuthError.notFound) { try remove(id, by: stranger) }
        #expect(
            fieldsAtFault {
                _ = try it.service.passkeys.rename(id, to: .text(" "), by: it.caller())
            } == ["name"])
        #expect(try it.service.passkeys.passkeys(of: it.caller()).map(\.name) == ["Key"])
    }

    @Test func `other credentials are no passkeys`() throws {
        let recovery = try #require(try it.credentials.first { $0.kind == .recovery }).id
        #expect(throws: AuthError.notFound) { try remove(recovery) }
        #expect(throws: AuthError.notFound) {
            try it.service.passkeys.rename(recovery, to: .text("x"), by: it.caller())
        }
    }

    @Test func `removing wants a fresh proof by a factor`() throws {
        let caller = try it.caller()
        it.world.clock.advance(seconds: 600)
        #expect(throws: AuthError.reauthenticationRequired([])) { try remove(id, by: caller) }
        let stolen = try it.caller(by: .password)
        #expect(throws: AuthError.reauthenticationRequired([])) { try remove(id, by: stolen) }
        #expect(try it.credentials.count == 2)
    }

    @Test func `the last passkey takes the recovery codes with it, unless there is an app`() throws
    {
        try it.addApp()
        try remove(id)
        #expect(try it.kinds == [.recovery, .totp])
        try it.service.factors.removeTOTP(by: it.caller(), from: .sample)
        #expect(try it.credentials.isEmpty)
    }

    @Test mutating func `an account without a password keeps a passkey that verifies its user`()
        throws
    {
        try removePassword()
        #expect(try hash() == nil)
        #expect(throws: AuthError.lastSignInMethod) { try remove(id) }
        var touched = TestPasskey()
        touched.isUserVerified = false
        let other = try it.add(&touched).passkey
        #expect(!other.canVerifyUser)
        #expect(throws: AuthError.lastSignInMethod) { try remove(id) }
        try remove(other.id)
        var second = TestPasskey()
        try it.add(&second)
        try remove(id)
        #expect(reason { _ = try it.signIn(&passkey) } == .passkeyUnknown)
        _ = try it.signIn(&second)
    }

    @Test func `of two that remove one of the last two passkeys one wins`() throws {
        var second = TestPasskey()
        let other = try it.add(&second).passkey.id
        try removePassword()
        let (one, caller) = (try it.caller(), try it.caller())
        let world = it.world
        world.store.beforeNextWrite {
            try? world.service().passkeys.remove(other, by: caller, from: .sample)
        }
        #expect(throws: AuthError.lastSignInMethod) { try remove(id, by: one) }
        #expect(try it.credentials.filter { $0.kind == .passkey }.map(\.id) == [id])
    }

    @Test func `a password goes only while a passkey is both factors`() throws {
        var touched = TestPasskey()
        touched.isUserVerified = false
        try it.add(&touched)
        try remove(id)
        #expect(try !it.service.factors.overview(of: it.caller()).mayRemovePassword)
        #expect(throws: AuthError.lastSignInMethod) { try removePassword() }
        #expect(try hash() != nil)
    }

    @Test mutating func `without its password an account signs in by passkey, and by nothing else`()
        throws
    {
        let other = try it.world.signIn(it.email)
        try removePassword()
        #expect(
            it.world.store.memory.sessions.first { $0.session.id == other.session.id }?.endedAt
                != nil)
        #expect(throws: AuthError.invalidCredentials) { try it.service.login(it.email) }
        _ = try it.signIn(&passkey)
        #expect(throws: AuthError.notFound) { try removePassword() }
        #expect(try it.world.mails(of: .factorRemoved).count == 1)
    }

    @Test mutating func `an account without a password is given one after a proof by passkey`()
        throws
    {
        try removePassword()
        let signedIn = try it.signIn(&passkey)
        let caller = try it.service.signIn.identify(.cookie(signedIn.sessionToken), for: .person)
        try it.service.passwords.changePassword(
            from: .absent, to: .text("another long password"), by: caller, at: .sample)
        #expect(throws: AuthError.self) { try it.service.login(it.email, "another long password") }
        #expect(try hash() != nil)
        guard
            case .secondFactorRequired? = failure({ () throws(AuthError) in
                try it.service.login(it.email, "another long password")
            })
        else {
            Issue.record("the password was not set")
            return
        }
    }

    @Test mutating func `without a password a passkey has to verify its user, again too`() throws {
        try removePassword()
        let caller = try it.caller(by: [.hardwareKey, .userVerified])
        let options = try it.service.passkeys.signInOptions(.reauthentication(caller))
        #expect(options.requiresUserVerification)
        passkey.isUserVerified = false
        let request = ReauthenticationRequest(
            method: .text("passkey"), credential: .response(passkey.use(options)))
        #expect(
            reason {
                _ = try it.service.signIn.reauthenticate(request, by: caller, from: .sample)
            } == .passkeyRefused)
    }

    @Test func `a passkey is offered once a browser, to an account without one`() throws {
        #expect(throws: AuthError.self) { try it.service.login(it.email) }
        let first = try it.service.login(Person.member.email)
        #expect(first.mayOfferPasskey)
        let again = try it.service.login(
            Person.member.email, from: it.service.client(first.deviceToken))
        #expect(!again.mayOfferPasskey)
        let elsewhere = try FactorWorld(.member) { $0.passkeyRelyingPartyID = "example.org" }
        #expect(try !elsewhere.service.login(Person.member.email).mayOfferPasskey)
    }
}
