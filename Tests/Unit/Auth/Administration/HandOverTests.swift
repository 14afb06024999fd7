import Crypto
import Testing
import TestSupport

@testable import Auth

struct HandOverTests {
    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(.owner, .admin, .customer, .pending)
        service = try world.service()
        for person in [Person.owner, Person.customer] {
            _ = try service.administration.confirmEmail(ofEmail: person.email)
        }
    }

    @Test func `a hand-over makes the former owner an administrator and notifies both`() throws {
        let sessions = try [Person.owner, Person.customer].map { try world.signIn($0.email) }
        let heir = try service.administration.handOver(to: "CUSTOMER@example.org")
        #expect(heir?.role == .owner && heir?.email.address == Person.customer.email)
        #expect(world.account(Person.owner.email)?.role == .admin)
        #expect(world.account(Person.customer.email)?.role == .owner)
        let mails = try world.mails()
        #expect(mails.map(\.kind) == [.ownerChanged, .ownerChanged])
        #expect(mails.map(\.to) == [Person.owner.email, Person.customer.email])
        for mail in mails {
            #expect(mail.values["newOwner"] == Person.customer.email)
            #expect(mail.values["formerOwner"] == Person.owner.email)
        }
        let roles = try sessions.map { try service.authenticate(.cookie($0.cookie)).account.role }
        #expect(roles == [.admin, .owner], "at once, in the sessions that there are")
    }

    @Test func `handing over to the current owner changes nothing`() throws {
        _ = try service.administration.handOver(to: Person.customer.email)
        let count = try world.mails().count
        #expect(try service.administration.handOver(to: Person.customer.email)?.role == .owner)
        #expect(try world.mails().count == count)
        #expect(try service.administration.handOver(to: "nobody@example.org") == nil)
    }

    @Test func `an account that cannot sign in cannot become the owner`() throws {
        #expect(throws: AuthError.pendingApproval) {
            try service.administration.handOver(to: Person.pending.email)
        }
        _ = try service.administration.setStatus(.disabled, ofEmail: Person.customer.email)
        #expect(throws: AuthError.accountDisabled) {
            try service.administration.handOver(to: Person.customer.email)
        }
        #expect(world.account(Person.owner.email)?.role == .owner)
    }

    @Test
    func `a hand-over invalidates the former owner's approval links and pauses admin invites`()
        throws
    {
        let owner = try #require(world.account(Person.owner.email))
        let pending = try #require(world.account(Person.pending.email))
        let (time, digest) = (world.clock.now, LinkToken.hash(of: "code"))
        let invite = Invite(
            id: .random(), email: nil, role: .admin, tier: .free, maximumUses: 1,
            createdBy: owner.id, createdAt: time, expiresAt: time.adding(seconds: 3_600))
        let token = NewLinkToken(.decide, of: pending.id, at: time)
        try world.store.write { transaction throws(AuthError) in
            try transaction.insert(invite, codeHash: digest)
            try transaction.issue(token.token)
        }
        _ = try service.administration.applicant(pending.id, token: token.text)
        _ = try service.administration.handOver(to: Person.customer.email)
        #expect(throws: AuthError.invalidLink) {
            try service.administration.applicant(pending.id, token: token.text)
        }
        #expect(try service.invites.invites(PageRequest()).items.map(\.isPaused) == [true])
    }

    @Test func `a hand-over works on a server without an owner`() throws {
        world.store.change { $0.credentials.removeAll { $0.account.role == .owner } }
        #expect(try service.administration.handOver(to: Person.customer.email)?.role == .owner)
        #expect(try world.mails().count == 1)
    }

    @Test func `ownership cannot be handed over through the API`() throws {
        let owner = try world.signIn(Person.owner.email)
        let caller = try service.authenticate(.cookie(owner.cookie))
        let heir = try #require(world.account(Person.customer.email))
        var change = AccountChange()
        change.role = .text("owner")
        let wanted = change
        #expect(throws: AuthError.ownerProtected) {
            try service.administration.changeAccount(heir.id, wanted, by: .caller(caller))
        }
    }
}
