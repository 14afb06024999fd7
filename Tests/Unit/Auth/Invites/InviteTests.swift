import Crypto
import Testing
import TestSupport

@testable import Auth

struct InviteTests {
    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(.owner, .admin, .member, .customer)
        service = try world.service()
    }

    private func administrator(_ person: Person) throws -> Administrator {
        .caller(try service.identify(.cookie(world.signIn(person.email).cookie)))
    }

    private func create(
        as person: Person = .owner, _ edit: (inout InviteRequest) -> Void = { _ in }
    ) throws -> NewInvite {
        var request = InviteRequest()
        edit(&request)
        return try service.invites.createInvite(request, by: administrator(person))
    }

    private var invites: [Invite] { world.store.memory.invites.map(\.invite) }

    @Test func `an invite defaults to one member account within a week`() throws {
        let new = try create()
        let owner = try #require(world.account(Person.owner.email))
        #expect(
            new.invite
                == Invite(
                    id: new.invite.id, email: nil, role: .member, tier: .free, maximumUses: 1,
                    createdBy: owner.id, createdAt: TestClock.start,
                    expiresAt: TestClock.start.adding(seconds: 604_800)))
        #expect(invites == [new.invite])
        #expect(new.link == "http://localhost/register?invite=\(new.code)")
        #expect(try world.mails().isEmpty)
    }

    @Test func `an invite code has 128 random bits and only its hash is stored`() throws {
        let codes = try (1...3).map { _ in try create().code }
        #expect(Set(codes).count == 3)
        for (code, stored) in zip(codes, world.store.memory.invites) {
            #expect(code.utf8.count == 22 && Base64URL.decode(code.utf8)?.count == 16)
            #expect(stored.codeHash == SHA256.digest(code.utf8))
        }
    }

    @Test func `an invite sets role, tier, number of uses and lifetime`() throws {
        let new = try create {
            ($0.role, $0.tier) = (.text("admin"), .text("team"))
            ($0.maximumUses, $0.lifetime) = (1_000, Period.lifetime("1y"))
        }
        #expect(new.invite.role == .admin && new.invite.tier == .team)
        #expect(new.invite.maximumUses == 1_000)
        #expect(new.invite.expiresAt == TestClock.start.adding(seconds: 31_557_600))
        let account = try service.register("new@example.org", invite: new.code).signedIn.account
        #expect(account.role == .admin && account.tier == .team && account.status == .active)
    }

    @Test func `an invite for an address is mailed there and also returned to its creator`() throws
    {
        let new = try create { $0.email = .text("Ada@Example.org") }
        let mail = try #require(try world.mails().first)
        #expect(mail.kind == .invited && mail.to == "ada@example.org")
        #expect(
            mail.values == [
                "name": "ada", "inviterName": "owner", "link": new.link, "code": new.code,
                "expires": "2023-11-21 22:13 UTC",
            ])
        #expect(throws: AuthError.invalidInvite) {
            try service.register("eve@example.org", invite: new.code)
        }
        let account = try service.register("ada@example.org", invite: new.code).signedIn.account
        #expect(account.emailVerifiedAt == nil)
    }

    @Test func `without a transport the invite link is returned and no mail is queued`() throws {
        let world = try World(people: [.owner], sendsMail: false, rules: .sample())
        var request = InviteRequest()
        request.email = .text("ada@example.org")
        let new = try world.service().invites.createInvite(request, by: .commandLine)
        #expect(new.link.hasSuffix(new.code) && world.store.memory.mails.isEmpty)
        #expect(new.invite.createdBy == nil)
    }

    @Test func `an invite created on the command line is mailed in the name of the site`() throws {
        var request = InviteRequest()
        (request.email, request.role) = (.text("ada@example.org"), .text("admin"))
        let new = try service.invites.createInvite(request, by: .commandLine)
        #expect(new.invite.createdBy == nil && new.invite.role == .admin)
        #expect(try world.mails().first?.values["inviterName"] == "localhost")
    }

    @Test(
        arguments: [
            ("/register", "http://localhost/register?invite="), ("/", "http://localhost/?invite="),
            ("/join?a=b", "http://localhost/join?a=b&invite="),
            ("/#/join", "http://localhost/#/join?invite="),
            ("https://app.example.org/join", "https://app.example.org/join?invite="),
        ])
    func `an invite link leads to the configured registration page`(page: String, start: String)
        throws
    {
        var rules = try AuthService.Rules.sample()
        rules.registerPage = page
        let new = try world.service(rules: rules).invites.createInvite(
            InviteRequest(), by: .commandLine)
        #expect(new.link == start + new.code)
    }

    @Test func `all invalid inputs are reported together`() throws {
        var request = InviteRequest()
        (request.email, request.role) = (.text("nobody"), .text("owner"))
        (request.tier, request.lifetime) = (.notText, Period.lifetime("2y"))
        request.maximumUses = 2
        request.objections = [InvalidInput("other", .unknown)]
        let wanted = request
        #expect(
            fieldsAtFault {
                _ = try service.invites.createInvite(wanted, by: .commandLine)
            } == ["other", "email", "role", "tier", "maxUses", "expiresIn"])
        for uses in [.min, -1, 0, 1_001, .max] as [Int64] {
            #expect(fieldsAtFault { _ = try create { $0.maximumUses = uses } } == ["maxUses"])
        }
        #expect(invites.isEmpty)
    }

    @Test func `an address with an account cannot be invited`() throws {
        #expect(throws: AuthError.emailTaken) {
            try create { $0.email = .text(Person.customer.email) }
        }
    }

    @Test func `only the owner in person may invite administrators`() throws {
        #expect(throws: AuthError.forbidden) {
            try create(as: .admin) { $0.role = .text("admin") }
        }
        #expect(try create(as: .admin) { $0.role = .text("user") }.invite.role == .user)
        let key = try world.makeKey(of: Person.owner.email, scopes: .admin).text
        let caller = try service.signIn.authenticateAdministrator(
            .bearer(key), for: .administration)
        var request = InviteRequest()
        #expect(
            try service.invites.createInvite(request, by: .caller(caller)).invite.role == .member)
        request.role = .text("admin")
        let wanted = request
        #expect(throws: AuthError.apiKeyNotAllowed) {
            try service.invites.createInvite(wanted, by: .caller(caller))
        }
        #expect(invites.map(\.role) == [.user, .member])
    }

    @Test func `an invite expires or is revoked with the API key that created it`() throws {
        let (text, details) = try world.makeKey(
            of: Person.owner.email, scopes: .admin, lifetime: 3_600)
        let caller = try service.signIn.authenticateAdministrator(
            .bearer(text), for: .administration)
        let made = try service.invites.createInvite(InviteRequest(), by: .caller(caller))
        #expect(made.invite.expiresAt == details.key.expiresAt, "it never outlives the key")
        let lasting = try world.makeKey(of: Person.owner.email, scopes: .admin)
        let other = try service.signIn.authenticateAdministrator(
            .bearer(lasting.text), for: .administration)
        for revoke in [
            { (service: AuthService) in _ = try service.apiKeys.revokeAPIKey(lasting.details.key.id)
            }
        ] as [(AuthService) throws -> Void] {
            let invite = try service.invites.createInvite(InviteRequest(), by: .caller(other))
                .invite
            let persons = try create().invite
            #expect(invite.isRedeemable(at: world.clock.now))
            try revoke(service)
            let kept = world.store.memory.invites.map(\.invite)
            #expect(
                kept.first { $0.id == invite.id }?.isRedeemable(at: world.clock.now) == false)
            #expect(kept.first { $0.id == persons.id } == persons)
        }
        #expect(throws: AuthError.invalidToken) {
            try service.invites.createInvite(InviteRequest(), by: .caller(other))
        }
    }

    @Test(arguments: [Person.member, .customer])
    func `members and users cannot create, pause or delete invites`(person: Person) throws {
        let id = try create().invite.id
        let before = invites
        #expect(throws: AuthError.forbidden) { try create(as: person) }
        #expect(throws: AuthError.forbidden) {
            try service.invites.setInvite(id, paused: true, by: administrator(person))
        }
        #expect(throws: AuthError.forbidden) {
            try service.invites.removeInvite(id, by: administrator(person))
        }
        #expect(invites == before)
    }

    @Test func `a paused invite is rejected until it is resumed`() throws {
        let new = try create()
        let admin = try administrator(.admin)
        #expect(try service.invites.setInvite(new.invite.id, paused: true, by: admin).isPaused)
        #expect(throws: AuthError.invalidInvite) {
            try service.register("new@example.org", invite: new.code)
        }
        #expect(try service.invites.setInvite(new.invite.id, paused: nil, by: admin).isPaused)
        #expect(try !service.invites.setInvite(new.invite.id, paused: false, by: admin).isPaused)
        let account = try service.register("new@example.org", invite: new.code).signedIn.account
        #expect(account.status == .active)
        #expect(invites.map(\.uses) == [1])
    }

    @Test func `an administrator may pause an admin invite and only the owner may resume it`()
        throws
    {
        let id = try create { $0.role = .text("admin") }.invite.id
        #expect(try service.invites.setInvite(id, paused: true, by: administrator(.admin)).isPaused)
        #expect(throws: AuthError.forbidden) {
            try service.invites.setInvite(id, paused: false, by: administrator(.admin))
        }
        #expect(
            try !service.invites.setInvite(id, paused: false, by: administrator(.owner)).isPaused)
        try service.invites.removeInvite(id, by: administrator(.admin))
        #expect(invites.isEmpty)
    }

    @Test func `a deleted invite is rejected and its accounts stay`() throws {
        let new = try create { $0.maximumUses = 2 }
        try service.register("one@example.org", invite: new.code)
        try service.invites.removeInvite(new.invite.id, by: administrator(.owner))
        #expect(throws: AuthError.invalidInvite) {
            try service.register("two@example.org", invite: new.code)
        }
        #expect(world.account("one@example.org")?.status == .active)
        let owner = try administrator(.owner)
        #expect(throws: AuthError.notFound) {
            try service.invites.removeInvite(new.invite.id, by: owner)
        }
        #expect(throws: AuthError.notFound) {
            try service.invites.setInvite(new.invite.id, paused: true, by: owner)
        }
    }

    @Test(arguments: ["disabled", "demoted", "deleted"])
    func `the invites of an administrator who is demoted, disabled or deleted are paused`(
        fate: String
    ) throws {
        let (theirs, owners) = (try create(as: .admin), try create())
        let admin = try #require(world.account(Person.admin.email)?.id)
        var change = AccountChange()
        switch fate {
        case "disabled": change.status = .text("disabled")
        case "demoted": change.role = .text("member")
        default: _ = try service.administration.deleteAccount(admin, by: administrator(.owner))
        }
        if fate != "deleted" {
            _ = try service.administration.changeAccount(admin, change, by: administrator(.owner))
        }
        #expect(throws: AuthError.invalidInvite) {
            try service.register("new@example.org", invite: theirs.code)
        }
        try service.register("other@example.org", invite: owners.code)
        let page = try service.invites.invites(PageRequest())
        let seen = try #require(page.items.first { $0.id == theirs.invite.id })
        #expect(seen.isPaused && seen.createdBy == (fate == "deleted" ? nil : admin))
        _ = try service.invites.setInvite(seen.id, paused: false, by: administrator(.owner))
        try service.register("new@example.org", invite: theirs.code)
    }

    @Test func `an administrator's invites survive a change of name or tier`() throws {
        let new = try create(as: .admin)
        let admin = try #require(world.account(Person.admin.email)?.id)
        var change = AccountChange()
        (change.name, change.tier) = (.text("Grace"), .text("pro"))
        _ = try service.administration.changeAccount(admin, change, by: administrator(.owner))
        try service.register("new@example.org", invite: new.code)
    }
}
