import Crypto
import Testing
import TestSupport

@testable import Auth

struct UserTests {
    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(people: Person.allCases, rules: .sample())
        service = try world.service()
    }

    private func id(_ person: Person) throws -> UUID {
        try #require(world.account(person.email)?.id)
    }

    private func administrator(_ person: Person) throws -> Administrator {
        .caller(try service.identify(.cookie(world.signIn(person.email).cookie)))
    }

    private func change(
        _ person: Person, by other: Person = .owner, _ edit: (inout AccountChange) -> Void
    ) throws -> Account {
        var change = AccountChange()
        edit(&change)
        return try service.administration.changeAccount(
            id(person), change, by: administrator(other))
    }

    @Test func `each property of an account changes alone or together`() throws {
        let before = try #require(world.account(Person.customer.email))
        var expected = before
        expected.name = "Grace"
        #expect(try change(.customer) { $0.name = .text("Grace") } == expected)
        expected.tier = .pro
        #expect(try change(.customer) { $0.tier = .text("pro") } == expected)
        expected.role = .member
        #expect(try change(.customer) { $0.role = .text("member") } == expected)
        expected.status = .disabled
        #expect(try change(.customer) { $0.status = .text("disabled") } == expected)
        #expect(world.account(Person.customer.email) == expected)
        let back = try change(.customer) {
            ($0.status, $0.tier) = (.text("active"), .text("free"))
            ($0.role, $0.name) = (.text("user"), .text(before.name))
        }
        // Activating an account by an administrator approves it.
        expected = before
        expected.approvedAt = world.clock.now
        #expect(back == expected)
        #expect(try change(.customer) { _ in } == expected)
    }

    @Test func `all invalid changes are reported together`() throws {
        #expect(
            fieldsAtFault {
                _ = try change(.customer) {
                    ($0.status, $0.tier) = (.text("pending"), .text("gold"))
                    ($0.role, $0.name) = (.notText, .text("a\nb"))
                }
            } == ["status", "tier", "role", "name"])
        for wrong in ["", "Active", "pending", "deleted"] {
            #expect(
                fieldsAtFault { _ = try change(.customer) { $0.status = .text(wrong) } }
                    == ["status"])
        }
        #expect(world.store.writes == 0)
    }

    @Test func `an unknown account cannot be read, changed or deleted`() throws {
        let owner = try administrator(.owner)
        #expect(throws: AuthError.notFound) { try service.administration.user(.random()) }
        #expect(throws: AuthError.notFound) {
            try service.administration.changeAccount(.random(), AccountChange(), by: owner)
        }
        #expect(throws: AuthError.notFound) {
            try service.administration.deleteAccount(.random(), by: owner)
        }
    }

    @Test func `disabling rejects sessions and keys at once and enabling restores only keys`()
        throws
    {
        let session = try world.signIn(Person.customer.email)
        let key = try world.makeKey(of: Person.customer.email).text
        _ = try service.authenticate(.bearer(key))
        _ = try change(.customer) { $0.status = .text("disabled") }
        #expect(throws: AuthError.unauthenticated) {
            try service.identify(.cookie(session.cookie))
        }
        #expect(throws: AuthError.invalidToken) { try service.identify(.bearer(session.token)) }
        #expect(throws: AuthError.invalidToken) { try service.identify(.bearer(key)) }
        _ = try change(.customer) { $0.status = .text("active") }
        #expect(throws: AuthError.invalidToken) { try service.identify(.bearer(session.token)) }
        _ = try service.authenticate(.bearer(key))
    }

    @Test func `deleting an account deletes its sessions, keys, links and waiting mails`() throws {
        let session = try world.signIn(Person.pending.email)
        let key = try world.makeKey(of: Person.pending.email).text
        let account = try #require(world.account(Person.pending.email))
        let (mails, time) = (service.context.accountMails, world.clock.now)
        try world.store.write { transaction throws(AuthError) in
            try mails.confirm(account.email, of: account, at: time, in: transaction)
        }
        #expect(try world.mails().map(\.kind) == [.approvalWanted])
        let confirmed = try #require(world.account(Person.pending.email))
        #expect(
            try service.administration.deleteAccount(account.id, by: administrator(.admin))
                == confirmed)
        #expect(world.account(Person.pending.email) == nil)
        #expect(throws: AuthError.unauthenticated) {
            try service.identify(.cookie(session.cookie))
        }
        #expect(throws: AuthError.invalidToken) { try service.identify(.bearer(key)) }
        let memory = world.store.memory
        #expect(memory.linkTokens.isEmpty && memory.mails.isEmpty && memory.apiKeys.isEmpty)
    }

    @Test func `a deletion that is confirmed with another address changes nothing`() throws {
        let id = try #require(world.account(Person.customer.email)).id
        let admin = try administrator(.admin)
        let wrong: [(TextInput, InvalidInput)] = [
            (.absent, .missing("confirm")),
            (.text("member@example.org"), InvalidInput("confirm", .otherEmail)),
            (.text("customer"), InvalidInput("confirm", .otherEmail)),
        ]
        for (confirmation, objection) in wrong {
            #expect(throws: AuthError.invalidInput([objection])) {
                try service.administration.deleteAccount(id, confirmedBy: confirmation, by: admin)
            }
        }
        #expect(world.account(Person.customer.email) != nil)
        try service.administration.deleteAccount(
            id, confirmedBy: .text(" Customer@example.org"), by: admin)
        #expect(world.account(Person.customer.email) == nil)
    }

    @Test func `a new role and tier apply to the next request of an existing token`()
        throws
    {
        let session = try world.signIn(Person.customer.email)
        _ = try change(.customer) { ($0.role, $0.tier) = (.text("admin"), .text("team")) }
        let caller = try service.signIn.authenticateAdministrator(
            .bearer(session.token), for: .write)
        #expect(caller.account.tier == .team)
        _ = try change(.customer) { $0.role = .text("user") }
        #expect(throws: AuthError.forbidden) {
            try service.signIn.authenticateAdministrator(.bearer(session.token), for: .read)
        }
    }

    @Test func `an administrator demoted, disabled or deleted during the request changes nothing`()
        throws
    {
        let admin = try administrator(.admin)
        let (target, own) = (try id(.customer), try id(.admin))
        for (edit, error) in [
            ({ $0.role = .text("member") }, AuthError.forbidden),
            ({ $0.status = .text("disabled") }, .unauthenticated),
        ] as [((inout AccountChange) -> Void, AuthError)] {
            _ = try change(.admin, edit)
            #expect(throws: error) {
                try service.administration.changeAccount(target, AccountChange(), by: admin)
            }
            #expect(throws: error) { try service.administration.deleteAccount(target, by: admin) }
        }
        _ = try service.administration.deleteAccount(own, by: administrator(.owner))
        #expect(throws: AuthError.unauthenticated) {
            try service.administration.deleteAccount(target, by: admin)
        }
        #expect(world.account(Person.customer.email) != nil)
    }

    @Test func `an admin key changes only tier and status, even the owner's`() throws {
        let key = try world.makeKey(of: Person.owner.email, scopes: .admin).text
        let owner = Administrator.caller(
            try service.signIn.authenticateAdministrator(.bearer(key), for: .administration))
        let customer = try id(.customer)
        let before = world.account(Person.customer.email)
        for edit in [
            { $0.role = .text("admin") }, { $0.role = .text("member") },
            { $0.name = .text("Grace") }, { $0.emailVerified = true },
        ] as [(inout AccountChange) -> Void] {
            var change = AccountChange()
            edit(&change)
            let wanted = change
            #expect(throws: AuthError.apiKeyNotAllowed) {
                try service.administration.changeAccount(customer, wanted, by: owner)
            }
        }
        #expect(throws: AuthError.apiKeyNotAllowed) {
            try service.administration.deleteAccount(customer, by: owner)
        }
        #expect(world.account(Person.customer.email) == before)
        var change = AccountChange()
        (change.tier, change.status) = (.text("pro"), .text("disabled"))
        let changed = try service.administration.changeAccount(customer, change, by: owner)
        #expect(changed.tier == .pro && changed.status == .disabled)
    }

    @Test func `concurrent changes of different properties are both kept`() throws {
        let world = world
        let customer = try id(.customer)
        let caller = try service.identify(.cookie(world.signIn(Person.owner.email).cookie))
        world.store.beforeNextWrite {
            var change = AccountChange()
            change.tier = .text("team")
            #expect(throws: Never.self) {
                try world.service().administration.changeAccount(customer, change, by: .commandLine)
            }
        }
        var change = AccountChange()
        change.name = .text("Grace")
        let account = try service.administration.changeAccount(
            customer, change, by: .caller(caller))
        #expect(account.tier == .team && account.name == "Grace")
    }
}
