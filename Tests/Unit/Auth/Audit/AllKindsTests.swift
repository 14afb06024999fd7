import Crypto
import TestSupport
import Testing

@testable import Auth

/// Every kind of event is produced by the rules that record it: one that no rule records any more, or that nothing
/// here leads to, is missed.
@Suite struct AllKindsTests {
    @Test func `every kind of event is recorded by what it reports`() throws {
        let stories = try [
            signIns(), passwordsAndAddresses(), factors(), accounts(), administration(), server(),
        ]
        let recorded = stories.reduce(into: Set<EventKind>()) { $0.formUnion($1) }
        #expect(Set(EventKind.allCases).subtracting(recorded) == [])
    }

    private func signIns() throws -> [EventKind] {
        let world = try World(.owner, .customer)
        let service = try world.service()
        let email = Person.customer.email
        service.begin(for: .sample)
        let signedIn = try service.login(email)
        try service.signIn.logout([.cookie(signedIn.sessionToken)])
        try service.login(email)
        _ = try service.sessions.endSessions(ofEmail: email)
        // The failures that are free, and one too many.
        for _ in 0..<6 { _ = try? service.login(email, "wrong") }
        try service.recordFailedLogins(isEnd: true)
        return world.kinds
    }

    private func passwordsAndAddresses() throws -> [EventKind] {
        let it = try FactorWorld()
        let (world, service) = (it.world, it.service)
        var passkey = TestPasskey()
        try it.add(&passkey)
        let caller = try it.caller(by: [.hardwareKey, .userVerified])
        service.begin(as: caller)
        try service.factors.removePassword(by: caller, from: .sample)
        try service.passwords.changePassword(
            from: .absent, to: .text("another password"), by: caller, at: .sample)
        service.begin(forOperator: "root")
        _ = try service.administration.setPassword(Person.password, ofEmail: it.email)
        world.unconfirm(it.email)
        for address in [nil, "new@example.org"] {
            try world.addLink("link", .verifyEmail, of: it.email, proving: address)
            service.begin(for: .sample)
            try service.verifyEmail("link")
        }
        try world.addLink("link", .verifyEmail, of: Person.member.email)
        _ = try service.email.rejectEmail(token: .text("link"))
        return world.kinds
    }

    private func factors() throws -> [EventKind] {
        let it = try FactorWorld()
        let (world, service) = (it.world, it.service)
        let codes = try #require(try it.addApp().enrolled.recoveryCodes)
        service.begin(for: .sample)
        let pending = try service.firstStep(it.email)
        try service.secondStep(SecondStep(.recovery, codes[0], of: pending.challenge))
        let caller = try it.caller()
        service.begin(as: caller)
        _ = try service.factors.replaceRecoveryCodes(by: caller, from: .sample)
        let browser = TrustedBrowser(
            id: .random(), hash: SHA256.digest([]), accountID: caller.account.id,
            createdAt: world.clock.now, expiresAt: world.clock.now.adding(seconds: 600),
            userAgent: nil, address: nil)
        try world.store.write { transaction throws(AuthError) in try transaction.trust(browser) }
        _ = try service.factors.endAllTrust(of: caller)
        var passkey = TestPasskey()
        let added = try it.add(&passkey, named: .text("Blue key")).passkey
        _ = try service.passkeys.rename(added.id, to: .text("Red key"), by: caller)
        try service.passkeys.remove(added.id, by: caller, from: .sample)
        let admin = try service.caller(world.signIn(Person.admin.email))
        try service.factors.reset(of: caller.account.id, by: .caller(admin))
        return world.kinds
    }

    private func accounts() throws -> [EventKind] {
        let world = try World(.owner, .admin, .customer, .pending, .member)
        let service = try world.service()
        let owner = try service.caller(world.signIn(Person.owner.email))
        service.begin(as: owner)
        let administration = service.administration
        func id(_ person: Person) throws -> UUID { try #require(world.account(person.email)).id }
        func change(_ edit: (inout AccountChange) -> Void) throws {
            var change = AccountChange()
            edit(&change)
            _ = try administration.changeAccount(id(.customer), change, by: .caller(owner))
        }
        try change { ($0.name, $0.role, $0.tier) = (.text("Ada"), .text("member"), .text("team")) }
        try change { $0.status = .text("disabled") }
        try change { $0.status = .text("active") }
        try administration.unlock(id(.customer), by: .caller(owner))
        _ = try administration.deleteAccount(id(.customer), by: .caller(owner))
        let pending = try id(.pending)
        _ = try administration.approve(pending, by: .administrator(.caller(owner)))
        world.change(Person.pending.email) { $0.status = .pending }
        try administration.decline(pending, by: .administrator(.caller(owner)))
        let member = try service.caller(world.signIn(Person.member.email))
        _ = try service.accounts.export(of: member)
        service.begin(forOperator: "root")
        _ = try administration.handOver(to: Person.admin.email)
        service.begin(for: .sample)
        try service.signup("new@example.org")
        return world.kinds
    }

    private func administration() throws -> [EventKind] {
        let world = try World(.owner, .customer)
        let service = try world.service()
        let owner = try service.caller(world.signIn(Person.owner.email))
        service.begin(as: owner)
        var key = APIKeyRequest()
        (key.name, key.scopes) = (.text("backup"), ["read"])
        let made = try service.createAPIKey(key, by: owner)
        try service.apiKeys.revokeAPIKey(made.details.key.id, by: owner)
        let invite = try service.invites.createInvite(InviteRequest(), by: .caller(owner))
        _ = try service.register("ada@example.org", invite: invite.code)
        try service.invites.removeInvite(invite.invite.id, by: .caller(owner))
        _ = try service.transfer.accounts(PageRequest(), by: .caller(owner))
        var change = SettingsChange()
        change.signup = false
        _ = try service.change(change, by: owner)
        let mail = try #require(
            try service.outbox.sendTestMail(to: "any@example.org", by: .caller(owner)))
        world.store.change { memory in
            memory.mails = memory.mails.map {
                QueuedMail(mail: $0.mail, attempts: 1, nextAttemptAt: nil, lastError: "550 no")
            }
        }
        try service.outbox.retryMail(mail, by: .caller(owner))
        try service.outbox.dropMail(mail, by: .caller(owner))
        return world.kinds
    }

    private func server() throws -> [EventKind] {
        let world = try World()
        let service = try world.service()
        service.begin(for: .sample)
        var request = SetupRequest()
        (request.username, request.email) = (.text("The Owner"), .text("owner@example.org"))
        (request.password, request.siteName) = (.text(Person.password), .text("Harbour"))
        request.websiteURL = .text("https://auth.example.org")
        _ = try service.setup.setUp(request, from: .sample)
        service.begin(forOperator: "root")
        try service.administration.recordSecretRotation()
        #expect(try service.administration.replaceAuditKeys())
        try world.store.write { transaction throws(AuthError) in
            for _ in 0..<1_100 { try transaction.record(.sessionCreated, of: nil) }
        }
        let process = UUID.random()
        while try service.linker.link(as: process)?.isMore == true {}
        let kept = world.kinds
        _ = try service.linker.purge(keeping: 50)
        let madeAt = world.clock.now
        try world.store.write { transaction throws(AuthError) in
            try transaction.recordRestore(of: madeAt)
        }
        return kept + world.kinds
    }
}
