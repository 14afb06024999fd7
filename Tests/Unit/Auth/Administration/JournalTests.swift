import Crypto
import Testing
import TestSupport

@testable import Auth

/// What the verbs record for the log.
struct JournalTests {
    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(.owner, .admin, .customer, .pending, .disabled)
        service = try world.service()
    }

    private func caller(_ person: Person) throws -> Caller {
        let token = try world.signIn(person.email).token
        let caller = try service.signIn.authenticate(.bearer(Array(token.utf8)[...]), for: .person)
        _ = service.takeJournal()
        return caller
    }

    private func id(_ person: Person) throws -> UUID {
        try #require(world.account(person.email)).id
    }

    @Test(arguments: [Person.customer, .pending, .disabled])
    func `a failed login is recorded with the account if there is one`(person: Person) throws {
        for password in ["wrong password", Person.password] where person != .customer {
            #expect(throws: AuthError.self) { try service.login(person.email, password) }
            #expect(try service.takeJournal().account == id(person))
        }
        #expect(throws: AuthError.self) { try service.login(person.email, "wrong password") }
        #expect(try service.takeJournal().account == id(person))
        #expect(throws: AuthError.self) {
            try service.login("nobody@example.org", "wrong password")
        }
        #expect(service.takeJournal().account == nil)
    }

    @Test func `a refused request is recorded with its caller`() throws {
        let token = try world.signIn(Person.customer.email).token
        #expect(throws: AuthError.self) {
            try service.signIn.authenticateAdministrator(
                .bearer(Array(token.utf8)[...]), for: .read)
        }
        #expect(try service.takeJournal().account == id(.customer))
        #expect(service.takeJournal().account == nil)
    }

    @Test
    func `changes of role, tier and status are recorded with old value, new value and author`()
        throws
    {
        let (owner, target) = (try caller(.owner), try id(.customer))
        var change = AccountChange()
        (change.role, change.tier) = (.text("member"), .text("team"))
        (change.status, change.name) = (.text("disabled"), .text("Another"))
        _ = try service.administration.changeAccount(target, change, by: .caller(owner))
        let author = AdministrativeChange.Author.account(owner.account.id)
        #expect(
            service.takeJournal().changes == [
                .init(name: "role", account: target, old: "user", new: "member", author: author),
                .init(name: "tier", account: target, old: "free", new: "team", author: author),
                .init(
                    name: "status", account: target, old: "active", new: "disabled", author: author),
            ])
        _ = try service.administration.changeAccount(target, change, by: .caller(owner))
        #expect(service.takeJournal().changes == [])
        _ = try service.administration.setStatus(.active, ofEmail: Person.customer.email)
        #expect(service.takeJournal().changes.map(\.author) == [.commandLine])
        change.role = .text("owner")
        #expect(throws: AuthError.self) {
            try service.administration.changeAccount(target, change, by: .caller(owner))
        }
        #expect(service.takeJournal().changes == [])
    }

    @Test func `settings changes are recorded with old and new value`() throws {
        let owner = try caller(.owner)
        var change = SettingsChange()
        (change.signup, change.register) = (false, true)
        _ = try service.change(change, by: owner)
        #expect(
            service.takeJournal().changes == [
                .init(
                    name: "signup", account: nil, old: "true", new: "false",
                    author: .account(owner.account.id))
            ])
    }

    @Test func `approval, decline and deletion are recorded as changes`() throws {
        let (owner, pending) = (try caller(.owner), try id(.pending))
        _ = try service.administration.approve(pending, by: .administrator(.caller(owner)))
        #expect(service.takeJournal().changes.map(\.new) == ["active"])
        world.change(Person.pending.email) { $0.status = .pending }
        try service.administration.decline(pending, by: .administrator(.commandLine))
        #expect(service.takeJournal().changes.map(\.new) == ["deleted"])
        _ = try service.administration.deleteAccount(id(.customer), by: .caller(owner))
        let deleted = service.takeJournal().changes
        #expect(deleted.map(\.old) == ["active"] && deleted.map(\.new) == ["deleted"])
    }
}
