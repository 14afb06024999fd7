import Crypto
import Testing
import TestSupport

@testable import Auth

struct ApprovalTests {
    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(.owner, .admin, .customer, .disabled)
        service = try world.service()
    }

    private func administrator(_ person: Person = .owner) throws -> Approver {
        let caller = try service.identify(.cookie(world.signIn(person.email).cookie))
        return .administrator(.caller(caller))
    }

    /// Registers an account and confirms its address.
    private func register(_ email: String = "new@example.org") throws -> SignedIn {
        let signedIn = try service.register(email).signedIn
        let link = try #require(try world.mails(of: .verify).last?.values)
        try service.verifyEmail(link.token, nil, presenting: .cookie(signedIn.sessionToken))
        return signedIn
    }

    /// The token in the last mail to the owner.
    private func token() throws -> String {
        let link = try #require(
            try world.mails(of: .approvalWanted).last?.values["link"])
        return String(try #require(link.split(separator: "=").last))
    }

    @Test func `the owner is notified of an applicant only after the address is confirmed`()
        throws
    {
        let new = try service.register("new@example.org").signedIn
        #expect(try world.mails().map(\.kind) == [.verify])
        #expect(!world.store.memory.linkTokens.contains { $0.purpose == .decide })
        let link = try #require(try world.mails().first?.values)
        try service.verifyEmail(link.token, nil, presenting: .cookie(new.sessionToken))
        #expect(try world.mails().map(\.kind) == [.verify, .approvalWanted])
    }

    @Test func `a password reset that confirms an applicant's address notifies the owner`() throws {
        try service.register("new@example.org")
        try world.addLink("reset", .resetPassword, of: "new@example.org")
        try service.resetPassword("reset", to: "another password")
        #expect(try world.mails(of: .approvalWanted).map(\.to) == [Person.owner.email])
    }

    @Test(arguments: [true, false])
    func
        `the owner is notified when an administrator confirms an applicant without activating the account`(
            isActivated: Bool
        ) throws
    {
        let id = try service.register("new@example.org").signedIn.account.id
        var change = AccountChange()
        change.emailVerified = true
        if isActivated { change.status = .text("active") }
        let account = try service.administration.changeAccount(id, change, by: .commandLine)
        #expect(account.emailVerifiedAt == world.clock.now)
        #expect(world.account("new@example.org") == account)
        #expect(try world.mails(of: .approvalWanted).count == (isActivated ? 0 : 1))
        change = AccountChange()
        change.emailVerified = false
        #expect(
            try service.administration.changeAccount(id, change, by: .commandLine).emailVerifiedAt
                == nil)
        #expect(world.account("new@example.org")?.emailVerifiedAt == nil)
    }

    @Test func `an applicant may be approved before the address is confirmed`() throws {
        let new = try service.register("new@example.org").signedIn
        let account = try service.administration.approve(new.account.id, by: administrator())
        #expect(account.status == .active && account.emailVerifiedAt == nil)
        // The owner is not notified about an account that is approved already.
        let link = try #require(try world.mails(of: .verify).last?.values)
        try service.verifyEmail(link.token)
        #expect(try world.mails(of: .approvalWanted).isEmpty)
    }

    @Test func `the owner's notification contains the applicant and an approval link`() throws {
        let id = try register().account.id
        let account = try #require(world.account("new@example.org"))
        #expect(account.id == id && account.emailVerifiedAt == world.clock.now)
        let mail = try #require(try world.mails(of: .approvalWanted).first)
        #expect(mail.to == Person.owner.email)
        #expect(mail.values["name"] == "owner" && mail.values["applicantName"] == "New Person")
        #expect(mail.values["applicantEmail"] == "new@example.org")
        let token = try token()
        #expect(
            mail.values["link"]
                == "http://localhost/auth/users/\(account.id)/decide?token=\(token)")
        #expect(try service.administration.applicant(account.id, token: token).id == account.id)
        #expect(!world.store.memory.linkTokens.contains { $0.hash.bytes == Array(token.utf8) })
    }

    @Test
    func `no approval mail is sent for active accounts, without an owner or without a transport`()
        throws
    {
        world.store.change { $0.invites.append(StoredInvite(code: "code")) }
        world.store.change { $0.settings.approval = true }
        try service.register("invited@example.org", invite: "code")
        try service.verifyEmail(#require(try world.mails(of: .verify).last).values.token)
        world.store.change { $0.credentials.removeAll { $0.account.role == .owner } }
        _ = try register()
        world.store.change { $0.settings.approval = false }
        _ = try register("active@example.org")
        let silent = try World(people: [.owner], sendsMail: false, rules: .sample())
        _ = try silent.service().register("new@example.org")
        for world in [world, silent] {
            #expect(try world.mails(of: .approvalWanted).isEmpty)
            #expect(!world.store.memory.linkTokens.contains { $0.purpose == .decide })
        }
    }

    @Test func `a failed registration sends no mail`() throws {
        #expect(throws: AuthError.emailTaken) { try register(Person.customer.email) }
        #expect(try world.mails().isEmpty)
    }

    @Test(arguments: [Person.owner, .admin])
    func `an approved account can sign in and is notified once`(person: Person) throws {
        let new = try register()
        let account = try service.administration.approve(new.account.id, by: administrator(person))
        #expect(account.status == .active && account.approvedAt == world.clock.now)
        #expect(try service.authenticate(.cookie(new.sessionToken)).account == account)
        #expect(account.emailVerifiedAt == world.clock.now)
        #expect(
            try service.administration.approve(account.id, by: administrator(.admin)) == account)
        let mails = try world.mails(of: .approved)
        #expect(mails.map(\.to) == ["new@example.org"])
        #expect(mails[0].values == ["name": "New Person", "link": "http://localhost/auth/login"])
    }

    @Test func `activating a pending account is an approval and sends its mail`() throws {
        let new = try register()
        let token = try token()
        var change = AccountChange()
        change.status = .text("active")
        _ = try service.administration.changeAccount(new.account.id, change, by: .commandLine)
        #expect(try world.mails().map(\.kind) == [.verify, .approvalWanted, .approved])
        #expect(throws: AuthError.invalidLink) {
            try service.administration.decline(new.account.id, by: .link(token))
        }
    }

    @Test func `the first activation by an administrator counts as the approval`() throws {
        let (time, id) = (world.clock.now, try #require(world.account(Person.disabled.email)?.id))
        #expect(world.account(Person.customer.email)?.approvedAt == nil)
        for status in ["active", "disabled", "active"] {
            var change = AccountChange()
            change.status = .text(status)
            let account = try service.administration.changeAccount(id, change, by: .commandLine)
            #expect(account.approvedAt == time)
            world.clock.advance(seconds: 1)
        }
        var change = AccountChange()
        change.status = .text("active")
        change.name = .text("Ada")
        let customer = try #require(world.account(Person.customer.email)?.id)
        #expect(
            try service.administration.changeAccount(customer, change, by: .commandLine).approvedAt
                == nil)
    }

    @Test func `disabling a pending account invalidates the approval link and sends no mail`()
        throws
    {
        let new = try register()
        let token = try token()
        var change = AccountChange()
        change.status = .text("disabled")
        _ = try service.administration.changeAccount(new.account.id, change, by: .commandLine)
        #expect(try world.mails().map(\.kind) == [.verify, .approvalWanted])
        #expect(throws: AuthError.invalidLink) {
            try service.administration.approve(new.account.id, by: .link(token))
        }
        #expect(throws: AuthError.notPending) {
            try service.administration.approve(new.account.id, by: administrator())
        }
    }

    @Test func `a declined account is deleted and notified, and declining again changes nothing`()
        throws
    {
        let new = try register()
        for _ in 1...2 { try service.administration.decline(new.account.id, by: administrator()) }
        #expect(world.account("new@example.org") == nil)
        #expect(throws: AuthError.unauthenticated) {
            try service.identify(.cookie(new.sessionToken))
        }
        // The waiting mails were deleted with the account.
        let mails = try world.mails()
        #expect(mails.map(\.kind) == [.declined])
        #expect(mails[0].to == "new@example.org" && mails[0].values == ["name": "New Person"])
        _ = try register()
    }

    @Test func `only pending accounts can be declined`() throws {
        for person in [Person.owner, .customer, .disabled] {
            let id = try #require(world.account(person.email)?.id)
            #expect(throws: AuthError.notPending) {
                try service.administration.decline(id, by: administrator())
            }
            #expect(world.account(person.email) != nil)
        }
    }

    @Test func `an unknown account cannot be approved`() throws {
        #expect(throws: AuthError.notFound) {
            try service.administration.approve(.random(), by: administrator())
        }
    }

    @Test(arguments: [true, false])
    func `an approval link is single-use`(isApproval: Bool) throws {
        let new = try register()
        let (id, token) = (new.account.id, try token())
        if isApproval {
            #expect(try service.administration.approve(id, by: .link(token)).status == .active)
        } else {
            try service.administration.decline(id, by: .link(token))
            #expect(world.account("new@example.org") == nil)
        }
        #expect(throws: AuthError.invalidLink) {
            try service.administration.applicant(id, token: token)
        }
        #expect(throws: AuthError.invalidLink) {
            try service.administration.approve(id, by: .link(token))
        }
        #expect(throws: AuthError.invalidLink) {
            try service.administration.decline(id, by: .link(token))
        }
        #expect(try world.mails().last?.kind == (isApproval ? .approved : .declined))
    }

    @Test(arguments: [true, false], [true, false])
    func `a used approval link reports the decision and when it was made`(
        isApproval: Bool, byLink: Bool
    ) throws {
        let new = try register()
        let (token, another) = (try token(), service)
        let time = world.clock.now
        let approver = byLink ? Approver.link(token) : try administrator()
        if isApproval {
            _ = try service.administration.approve(new.account.id, by: approver)
        } else {
            try service.administration.decline(new.account.id, by: approver)
        }
        world.clock.advance(seconds: 60)
        let writes = world.store.writes
        let settled = SettledLink(isApproval ? .approved : .declined, at: time)
        let uses: [() throws -> Void] = [
            { _ = try another.administration.applicant(new.account.id, token: token) },
            { _ = try another.administration.approve(new.account.id, by: .link(token)) },
            { try another.administration.decline(new.account.id, by: .link(token)) },
        ]
        for use in uses { #expect(settledLink(use) == settled) }
        #expect(world.store.writes == writes)
        #expect(
            settledLink { _ = try another.administration.applicant(new.account.id, token: "x") }
                == nil)
        world.clock.advance(seconds: 604_740)
        for use in uses { #expect(settledLink(use) == nil) }
    }

    @Test func `an invalid approval link opens no write transaction`() throws {
        let id = try register().account.id
        let (writes, token) = (world.store.writes, try token())
        for wrong in ["", "x", token.uppercased()] {
            #expect(throws: AuthError.invalidLink) {
                try service.administration.approve(id, by: .link(wrong))
            }
            #expect(throws: AuthError.invalidLink) {
                try service.administration.decline(id, by: .link(wrong))
            }
        }
        for id in [UUID.random(), try #require(world.account(Person.customer.email)?.id)] {
            #expect(throws: AuthError.invalidLink) {
                try service.administration.approve(id, by: .link(token))
            }
            #expect(throws: AuthError.invalidLink) {
                try service.administration.decline(id, by: .link(token))
            }
        }
        #expect(world.store.writes == writes)
    }

    @Test func `viewing an approval link does not use it up`() throws {
        let new = try register()
        let token = try token()
        for _ in 1...3 { _ = try service.administration.applicant(new.account.id, token: token) }
        #expect(
            try service.administration.approve(new.account.id, by: .link(token)).status == .active)
    }

    @Test func `an approval link is valid for its own account and for one week`() throws {
        let first = try register("one@example.org").account.id
        let token = try token()
        let second = try register("two@example.org").account.id
        for id in [second, .random()] {
            #expect(throws: AuthError.invalidLink) {
                try service.administration.applicant(id, token: token)
            }
            #expect(throws: AuthError.invalidLink) {
                try service.administration.approve(id, by: .link(token))
            }
            #expect(throws: AuthError.invalidLink) {
                try service.administration.decline(id, by: .link(token))
            }
        }
        for wrong in ["", token + "x", String(token.dropLast()), token.uppercased()] {
            #expect(throws: AuthError.invalidLink) {
                try service.administration.applicant(first, token: wrong)
            }
            #expect(throws: AuthError.invalidLink) {
                try service.administration.approve(first, by: .link(wrong))
            }
        }
        world.clock.advance(seconds: 604_799)
        _ = try service.administration.applicant(first, token: token)
        world.clock.advance(seconds: 1)
        #expect(throws: AuthError.invalidLink) {
            try service.administration.applicant(first, token: token)
        }
        #expect(throws: AuthError.invalidLink) {
            try service.administration.approve(first, by: .link(token))
        }
    }

    @Test func `a link token of another purpose approves nothing`() throws {
        let new = try register()
        let other = NewLinkToken(.verifyEmail, of: new.account.id, at: world.clock.now)
        try world.store.write { transaction throws(AuthError) in
            try transaction.issue(other.token)
        }
        #expect(throws: AuthError.invalidLink) {
            try service.administration.applicant(new.account.id, token: other.text)
        }
        #expect(throws: AuthError.invalidLink) {
            try service.administration.approve(new.account.id, by: .link(other.text))
        }
    }

    @Test func `of a concurrent approval and decline only the first succeeds`() throws {
        let new = try register()
        let (world, approver) = (world, try administrator(.admin))
        world.store.beforeNextWrite {
            #expect(throws: Never.self) {
                _ = try world.service().administration.approve(new.account.id, by: approver)
            }
        }
        #expect(throws: AuthError.notPending) {
            try service.administration.decline(new.account.id, by: administrator())
        }
        #expect(try world.mails().map(\.kind) == [.verify, .approvalWanted, .approved])
        #expect(world.account("new@example.org")?.status == .active)
    }

    @Test func `the login page in the approval mail is configurable`() throws {
        var rules = try AuthService.Rules.sample()
        rules.loginPage = "https://app.example.org/in"
        let new = try register()
        _ = try world.service(rules: rules).administration.approve(
            new.account.id, by: administrator())
        #expect(try world.mails().last?.values["link"] == "https://app.example.org/in")
    }
}
