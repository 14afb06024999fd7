import Crypto
import Testing
import TestSupport

@testable import Auth

/// Removing the factors of a person who lost them, and what administrators see of them.
struct RescueTests {
    private func administrator(_ person: Person, in it: FactorWorld) throws -> Administrator {
        .caller(try it.service.caller(it.world.signIn(person.email)))
    }

    private func reset(_ it: FactorWorld, by person: Person) throws {
        try it.service.factors.reset(
            of: it.account.id, by: administrator(person, in: it))
    }

    @Test(arguments: [
        (Person.customer, Person.owner), (.customer, .admin), (.member, .admin), (.admin, .owner),
    ])
    func `all factors, sessions and steps end, and the holder is told`(
        person: Person, rescuer: Person
    ) throws {
        let it = try FactorWorld(person)
        var passkey = TestPasskey()
        try it.addApp()
        try it.add(&passkey)
        let id = try it.account.id
        #expect(throws: AuthError.self) { try it.service.login(it.email) }
        _ = it.service.takeJournal()
        try reset(it, by: rescuer)
        #expect(try it.credentials.isEmpty)
        #expect(it.world.store.memory.challenges.allSatisfy { $0.accountID != id })
        #expect(
            it.world.store.memory.sessions.allSatisfy {
                $0.session.accountID != id || $0.endedAt != nil
            })
        #expect(try it.world.mails(of: .factorsReset).map(\.to) == [it.email])
        let change = try #require(it.service.takeJournal().changes.last)
        #expect(change.name == "factors" && change.old == "3" && change.new == "reset")
        // The password stays.
        #expect(throws: Never.self) { try it.service.login(it.email) }
    }

    @Test(arguments: [
        (Person.owner, Person.admin), (.owner, .owner), (.admin, .admin), (.customer, .member),
        (.member, .customer),
    ])
    func `it takes a higher role, and never one's own account`(
        person: Person, rescuer: Person
    ) throws {
        let it = try FactorWorld(person)
        let caller = try it.caller()
        try it.addApp(by: caller)
        #expect(throws: AuthError.forbidden) {
            try person == rescuer
                ? it.service.factors.reset(of: it.account.id, by: .caller(it.caller()))
                : reset(it, by: rescuer)
        }
        #expect(try it.credentials.count == 2)
    }

    @Test func `an administrator rescues no other administrator`() throws {
        let it = try FactorWorld(.admin)
        try it.addApp()
        try it.world.add("other@example.org", role: .admin)
        let other = try it.service.caller(it.world.signIn("other@example.org"))
        #expect(throws: AuthError.forbidden) {
            try it.service.factors.reset(of: it.account.id, by: .caller(other))
        }
    }

    @Test func `an API key rescues no account`() throws {
        let it = try FactorWorld()
        try it.addApp()
        let key = try it.world.makeKey(of: Person.owner.email, scopes: [.read, .admin]).text
        let caller = try it.service.signIn.authenticateAdministrator(
            .bearer(key), for: .administration)
        #expect(throws: AuthError.apiKeyNotAllowed) {
            try it.service.factors.reset(of: it.account.id, by: .caller(caller))
        }
    }

    @Test func `the operator rescues the owner, too`() throws {
        let it = try FactorWorld(.owner)
        try it.addApp()
        #expect(try it.service.factors.reset(ofEmail: it.email))
        #expect(try it.credentials.isEmpty)
        #expect(throws: AuthError.noSecondFactor) {
            try it.service.factors.reset(ofEmail: it.email)
        }
        #expect(try !it.service.factors.reset(ofEmail: "unknown@example.org"))
    }

    @Test func `administrators see what an account has, and no one else does`() throws {
        let it = try FactorWorld { $0.factorPolicy = .everybody }
        try it.addApp()
        let id = try it.account.id
        let seen = try it.service.factors.overview(of: id, by: administrator(.admin, in: it))
        #expect(seen.hasPassword && seen.totp != nil && seen.recoveryCodes == 10)
        #expect(seen.hasSecondFactor && seen.isRequired && seen.passkeysAvailable)
        #expect(seen.passkeys.isEmpty && seen.trustedBrowsers == 0 && !seen.mayRemovePassword)
        #expect(throws: AuthError.forbidden) {
            try it.service.factors.overview(of: id, by: administrator(.member, in: it))
        }
        #expect(throws: AuthError.notFound) {
            try it.service.factors.overview(of: .random(), by: administrator(.admin, in: it))
        }
    }

    @Test func `a changed factor ends the trust in browsers`() throws {
        let it = try FactorWorld()
        let time = it.world.clock.now
        let id = try it.account.id
        func trust() throws {
            try it.world.store.write { transaction throws(AuthError) in
                try transaction.trust(
                    TrustedBrowser(
                        id: .random(), hash: SHA256.digest(Random.bytes(32)), accountID: id,
                        createdAt: time, expiresAt: time.adding(seconds: 600), userAgent: nil,
                        address: nil))
            }
            #expect(try it.service.factors.overview(of: it.caller()).trustedBrowsers == 1)
        }
        func isTrusted() throws -> Bool {
            try !it.service.factors.trustedBrowsers(of: it.caller()).isEmpty
        }
        try trust()
        try it.addApp()
        #expect(try !isTrusted())
        try trust()
        _ = try it.service.factors.replaceRecoveryCodes(by: it.caller(), from: .sample)
        #expect(try !isTrusted())
        try trust()
        try it.service.factors.removeTOTP(by: it.caller(), from: .sample)
        #expect(try !isTrusted())
    }
}
