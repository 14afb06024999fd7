import Crypto
import Testing
import TestSupport

@testable import Auth

/// What the record says of accounts: how they begin, change and end.
struct AccountEventsTests {
    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(.owner, .admin, .customer, .pending)
        service = try world.service()
        service.begin(for: .sample)
    }

    private func id(_ email: String) throws -> UUID { try #require(world.account(email)).id }

    /// The owner, who acts from now on.
    private func begin(as person: Person = .owner) throws -> Administrator {
        let caller = try service.caller(world.signIn(person.email))
        world.forgetEvents()
        service.begin(as: caller)
        return .caller(caller)
    }

    private func event(_ kind: EventKind) throws -> Event {
        let events = world.events(kind)
        #expect(events.count == 1)
        return try #require(events.first)
    }

    @Test func `a new account is made by its holder`() throws {
        try service.signup("new@example.org")
        let event = try event(.userCreated)
        let id = try id("new@example.org")
        #expect(event.subject == id && event.actor == .account(id))
        #expect(event.value("email") == "new@example.org" && event.value("role") == "user")
        #expect(event.client.address == "192.0.2.1")
        #expect(world.events(.sessionCreated).map(\.subject) == [id])
        #expect(!world.isRecorded(Person.password))
    }

    @Test func `an account of the operator is made at the command line`() throws {
        service.begin(forOperator: "root")
        let account = try service.administration.createAccount(
            email: "new@example.org", name: nil, password: Person.password, role: .admin)
        let event = try event(.userCreated)
        #expect(event.subject == account.id && event.actor == .commandLine(user: "root"))
        #expect(event.value("role") == "admin" && event.client.address == nil)
        _ = try service.administration.setPassword(
            "another password", ofEmail: "new@example.org")
        #expect(world.events(.passwordReset).map(\.subject) == [account.id])
        #expect(world.events(.userUnlocked).map(\.subject) == [account.id])
        #expect(!world.isRecorded("another password"))
    }

    @Test func `a setup is on the record with its owner and its decisions`() throws {
        let world = try World()
        let service = try world.service()
        service.begin(for: .sample)
        var request = SetupRequest()
        (request.username, request.email) = (.text("The Owner"), .text("owner@example.org"))
        (request.password, request.siteName) = (.text(Person.password), .text("Harbour"))
        request.websiteURL = .text("https://auth.example.org")
        let owner = try service.setup.setUp(request, from: .sample).account
        let event = try #require(world.events(.setupCompleted).first)
        #expect(event.subject == owner.id && event.actor == .account(owner.id))
        #expect(event.change("siteName") == EventChange(.siteName, to: "Harbour"))
        #expect(event.value("websiteUrl") == "https://auth.example.org")
        #expect(world.events(.userCreated).map { $0.value("role") } == ["owner"])
        #expect(world.events(.sessionCreated).map(\.subject) == [owner.id])
    }

    @Test func `each changed value of an account is an event of its own`() throws {
        let (administrator, id) = (try begin(), try id(Person.customer.email))
        var change = AccountChange()
        (change.role, change.tier) = (.text("member"), .text("team"))
        (change.name, change.status) = (.text("Another"), .text("disabled"))
        _ = try service.administration.changeAccount(id, change, by: administrator)
        let changes: [(EventKind, EventChange)] = [
            (.userRoleChanged, EventChange(.role, from: "user", to: "member")),
            (.userTierChanged, EventChange(.tier, from: "free", to: "team")),
            (.userRenamed, EventChange(.name, from: "customer", to: "Another")),
            (.userDisabled, EventChange(.status, from: "active", to: "disabled")),
        ]
        for (kind, change) in changes {
            let event = try event(kind)
            #expect(event.subject == id && event.details.changes == [change])
            #expect(event.actor.account == administrator.accountID)
        }
        world.forgetEvents()
        _ = try service.administration.changeAccount(id, change, by: administrator)
        #expect(world.events.isEmpty, "an equal value is no change")
        change = AccountChange()
        change.status = .text("active")
        _ = try service.administration.changeAccount(id, change, by: administrator)
        #expect(world.kinds == [.userEnabled])
    }

    @Test func `a confirmation by an administrator, and its withdrawal`() throws {
        let (administrator, id) = (try begin(), try id(Person.customer.email))
        for (isConfirmed, kind) in [(true, EventKind.emailConfirmed), (false, .emailChanged)] {
            world.forgetEvents()
            var change = AccountChange()
            change.emailVerified = isConfirmed
            _ = try service.administration.changeAccount(id, change, by: administrator)
            #expect(try event(kind).value("confirmed") == "\(isConfirmed)")
        }
    }

    @Test func `an administrator approves, and the owner declines by the mailed link`() throws {
        let administrator = try begin(as: .admin)
        let pending = try id(Person.pending.email)
        _ = try service.administration.approve(pending, by: .administrator(administrator))
        let approved = try event(.userApproved)
        #expect(approved.actor.account == administrator.accountID)
        #expect(approved.change("status") == EventChange(.status, from: "pending", to: "active"))
        world.change(Person.pending.email) { $0.status = .pending }
        try world.addLink("decide", .decide, of: Person.pending.email)
        world.forgetEvents()
        service.begin(for: .sample)
        try service.administration.decline(pending, by: .link("decide"))
        #expect(world.kinds == [.userDeclined, .userDeleted])
        let owner = try id(Person.owner.email)
        #expect(world.events.allSatisfy { $0.actor == .account(owner) && $0.subject == pending })
    }

    @Test func `an account does not see where the owner was who approved it by a link`() throws {
        let pending = try id(Person.pending.email)
        try world.addLink("decide", .decide, of: Person.pending.email)
        service.begin(for: .sample)
        _ = try service.administration.approve(pending, by: .link("decide"))
        #expect(try event(.userApproved).client.address == "192.0.2.1")
        let caller = try service.caller(world.signIn(Person.pending.email))
        let own = try service.audit.events(matching: EventQuery(), of: caller, PageRequest())
            .items.map(\.event)
        #expect(own.map(\.kind) == [.userApproved])
        #expect(own.allSatisfy { $0.client.data.bytes == nil })
    }

    @Test func `invitations that end with the rights or the account of their maker`() throws {
        let administrator = try begin()
        let id = try id(Person.admin.email)
        let inviter = Administrator.caller(try service.caller(world.signIn(Person.admin.email)))
        for _ in 0..<2 { _ = try service.invites.createInvite(InviteRequest(), by: inviter) }
        world.forgetEvents()
        var change = AccountChange()
        change.role = .text("member")
        _ = try service.administration.changeAccount(id, change, by: administrator)
        #expect(world.kinds == [.userRoleChanged, .inviteChanged])
        let event = try event(.inviteChanged)
        #expect(event.subject == id && event.object == nil)
        #expect(
            event.details.changes == [
                EventChange(.paused, from: "false", to: "true"), EventChange(.count, to: "2"),
            ])
        world.forgetEvents()
        _ = try service.administration.deleteAccount(id, by: administrator)
        #expect(world.kinds == [.userDeleted], "they were paused before")
    }

    @Test func `an owner hands over`() throws {
        service.begin(forOperator: "root")
        let (former, heir) = (try id(Person.owner.email), try id(Person.admin.email))
        _ = try service.administration.handOver(to: Person.admin.email)
        let event = try event(.ownershipTransferred)
        #expect(event.subject == heir)
        #expect(event.change("owner") == EventChange(.owner, from: "\(former)", to: "\(heir)"))
        #expect(
            world.events(.userRoleChanged).map { $0.value("role") } == ["admin", "owner"])
    }

    @Test func `an administrator unlocks an account`() throws {
        let (administrator, id) = (try begin(), try id(Person.customer.email))
        try service.administration.unlock(id, by: administrator)
        #expect(try event(.userUnlocked).subject == id)
    }

    @Test func `a deleted account leaves events without its personal data`() throws {
        try service.signup("new@example.org")
        let id = try id("new@example.org")
        let administrator = try begin()
        try service.signup("other@example.org")
        var change = AccountChange()
        change.name = .text("Zaphod")
        service.begin(as: try service.caller(world.signIn(Person.owner.email)))
        _ = try service.administration.changeAccount(id, change, by: administrator)
        _ = try service.administration.deleteAccount(id, by: administrator)
        let own = world.events.filter { $0.subject == id }
        #expect(own.map(\.kind) == [.userRenamed, .userDeleted])
        for event in own {
            #expect(event.details.data.bytes == nil && event.details.data.isTrue)
            #expect(event.client.address == "192.0.2.1", "where the administrator was stays")
        }
        for text in ["new@example.org", "Zaphod"] { #expect(!world.isRecorded(text)) }
        #expect(world.isRecorded("other@example.org"))
    }

    @Test func `who deletes the own account leaves no address either`() throws {
        let signedIn = try service.signup("new@example.org")
        let caller = try service.signIn.identify(.cookie(signedIn.sessionToken), for: .person)
        service.begin(as: caller)
        try service.accounts.deleteAccount(
            password: .text(Person.password), of: caller, from: .sample)
        let id = caller.account.id
        #expect(world.events(.userDeleted).map(\.subject) == [id])
        for event in world.events where event.subject == id || event.actor.account == id {
            #expect(event.client.data.bytes == nil && event.client.data.isTrue)
        }
        #expect(!world.isRecorded("192.0.2.1") && !world.isRecorded("new@example.org"))
    }

    @Test func `an export has the own events, its own among them, and nothing of others`() throws {
        let administrator = try begin(as: .admin)
        let id = try id(Person.customer.email)
        var change = AccountChange()
        change.tier = .text("pro")
        _ = try service.administration.changeAccount(id, change, by: administrator)
        let caller = try service.caller(world.signIn(Person.customer.email))
        service.begin(as: caller)
        let events = try service.accounts.export(of: caller).events.map(\.event)
        #expect(events.map(\.kind) == [.accountExported, .userTierChanged])
        #expect(events[0].client.address == "192.0.2.1")
        #expect(events[1].value("tier") == "pro")
        #expect(events[1].client.address == nil, "where the administrator was is not theirs")
        let other = try service.caller(world.signIn(Person.owner.email))
        #expect(
            try service.accounts.export(of: other).events.map(\.event.kind) == [.accountExported])
    }
}
