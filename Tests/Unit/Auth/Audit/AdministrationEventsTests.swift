import Crypto
import Testing
import TestSupport

@testable import Auth

/// What the record says of API keys, invitations, settings and the outbox.
struct AdministrationEventsTests {
    private let world: World
    private let service: AuthService
    private let owner: Caller

    init() throws {
        world = try World(.owner, .admin, .customer)
        service = try world.service()
        owner = try service.caller(world.signIn(Person.owner.email))
        service.begin(as: owner)
    }

    private var administrator: Administrator { .caller(owner) }

    private func event(_ kind: EventKind) throws -> Event {
        let events = world.events(kind)
        #expect(events.count == 1)
        let event = try #require(events.first)
        #expect(event.actor == .account(owner.account.id))
        return event
    }

    private func makeKey(_ name: String = "backup") throws -> NewAPIKey {
        var request = APIKeyRequest()
        (request.name, request.scopes) = (.text(name), ["read"])
        return try service.createAPIKey(request, by: owner)
    }

    @Test func `a key is on the record when it is made and revoked, without its text`() throws {
        let made = try makeKey()
        let created = try event(.apiKeyCreated)
        #expect(created.subject == owner.account.id && created.object == made.details.key.id)
        #expect(created.value("name") == "backup" && created.value("scopes") == "read")
        #expect(!world.isRecorded(made.text))
        try service.apiKeys.revokeAPIKey(made.details.key.id, by: owner)
        let revoked = try event(.apiKeyRevoked)
        #expect(revoked.subject == owner.account.id && revoked.object == made.details.key.id)
        #expect(revoked.change("name") == EventChange(.name, from: "backup"))
        #expect(throws: AuthError.notFound) {
            try service.apiKeys.revokeAPIKey(made.details.key.id, by: owner)
        }
        #expect(world.events(.apiKeyRevoked).count == 1, "it was revoked once")
    }

    @Test func `invitations that end with the key that made them`() throws {
        let key = try world.makeKey(of: Person.owner.email, scopes: [.read, .admin])
        let program = try service.signIn.authenticateAdministrator(
            .bearer(key.text), for: .administration)
        _ = try service.invites.createInvite(InviteRequest(), by: .caller(program))
        world.forgetEvents()
        try service.apiKeys.revokeAPIKey(key.details.key.id, by: owner)
        #expect(world.kinds == [.inviteChanged, .apiKeyRevoked])
        #expect(
            try event(.inviteChanged).details.changes == [
                EventChange(.expired, from: "false", to: "true"), EventChange(.count, to: "1"),
            ])
    }

    @Test func `all keys of an account that are revoked at once are one event`() throws {
        let id = owner.account.id
        #expect(try service.administration.revokeAPIKeys(of: id, by: administrator) == 0)
        #expect(world.events(.apiKeyRevoked).isEmpty)
        for name in ["one", "two"] { _ = try makeKey(name) }
        #expect(try service.administration.revokeAPIKeys(of: id, by: administrator) == 2)
        let event = try event(.apiKeyRevoked)
        #expect(event.object == nil)
        #expect(event.details.changes == [EventChange(.count, from: "2", to: "0")])
    }

    @Test func `a key acts in its own name`() throws {
        let key = try world.makeKey(of: Person.owner.email, scopes: [.read, .admin])
        let program = try service.signIn.authenticateAdministrator(
            .bearer(key.text), for: .administration)
        service.begin(as: program)
        var change = SettingsChange()
        change.signup = false
        _ = try service.change(change, by: program)
        #expect(
            world.events(.settingsChanged).map(\.actor)
                == [.apiKey(key.details.key.id, of: owner.account.id)])
    }

    @Test func `an invitation is made, paused, used and revoked, and no event names an address`()
        throws
    {
        var request = InviteRequest()
        request.email = .text("ada@example.org")
        let new = try service.invites.createInvite(request, by: administrator)
        let created = try event(.inviteCreated)
        #expect(created.subject == owner.account.id && created.object == new.invite.id)
        #expect(created.value("role") == "member" && created.value("maxUses") == "1")
        for secret in [new.code, "ada@example.org"] { #expect(!world.isRecorded(secret)) }
        for isPaused in [true, false] {
            world.forgetEvents()
            _ = try service.invites.setInvite(new.invite.id, paused: isPaused, by: administrator)
            #expect(
                try event(.inviteChanged).details.changes
                    == [EventChange(.paused, from: "\(!isPaused)", to: "\(isPaused)")])
        }
        world.forgetEvents()
        service.begin(for: .sample)
        let account = try service.register("ada@example.org", invite: new.code).signedIn.account
        let redeemed = try #require(world.events(.inviteRedeemed).first)
        #expect(redeemed.subject == account.id && redeemed.object == new.invite.id)
        #expect(redeemed.actor == .account(account.id))
        service.begin(as: owner)
        try service.invites.removeInvite(new.invite.id, by: administrator)
        #expect(
            try event(.inviteChanged).details.changes
                == [EventChange(.revoked, from: "false", to: "true")])
    }

    @Test func `a change of settings says from what to what, of each that changed`() throws {
        var change = SettingsChange()
        (change.signup, change.register) = (false, true)
        change.retentionPeriod = .text("30d")
        change.siteName = .given(.text("Harbour"))
        _ = try service.change(change, by: owner)
        let event = try event(.settingsChanged)
        #expect(event.subject == nil && event.object == nil)
        #expect(
            event.details.changes == [
                EventChange(.signup, from: "true", to: "false"),
                EventChange(.siteName, to: "Harbour"),
                EventChange(.retentionPeriod, to: "30d"),
            ])
        _ = try service.change(change, by: owner)
        #expect(world.events(.settingsChanged).count == 1, "equal values are no change")
    }

    @Test func `mails are tried again and dropped by name`() throws {
        let id = try #require(
            try service.outbox.sendTestMail(to: "any@example.org", by: administrator))
        let next = try #require(try service.outbox.nextMail())
        try service.outbox.settle(next.queued, .rejected("550 no"), nextAttemptAt: nil)
        try service.outbox.retryMail(id, by: administrator)
        let retried = try event(.mailRetried)
        #expect(retried.object == id && retried.value("count") == "1")
        try service.outbox.dropMail(id, by: administrator)
        let dropped = try event(.mailDropped)
        #expect(dropped.object == id && dropped.change("mail")?.old == "test")
        #expect(!world.isRecorded("any@example.org"))
        #expect(throws: AuthError.notFound) {
            try service.outbox.dropMail(id, by: administrator)
        }
        #expect(world.events(.mailDropped).count == 1)
    }

    @Test func `what is refused is not on the record`() throws {
        let customer = try #require(world.account(Person.customer.email))
        var change = AccountChange()
        change.role = .text("owner")
        #expect(throws: AuthError.self) {
            try service.administration.changeAccount(customer.id, change, by: administrator)
        }
        #expect(throws: AuthError.self) {
            try service.invites.removeInvite(.random(), by: administrator)
        }
        #expect(world.events.isEmpty)
    }

    @Test func `another secret key is on the record of the operator`() throws {
        service.begin(forOperator: "root")
        try service.administration.recordSecretRotation()
        let event = try #require(world.events(.secretRotated).first)
        #expect(event.subject == nil && event.actor == .commandLine(user: "root"))
    }
}
