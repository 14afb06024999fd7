import Crypto
import Testing
import TestSupport

@testable import Auth

/// API keys and invites of forms, whose requests may arrive twice.
struct CreatedOnceTests {
    private let world: World
    private let service: AuthService
    private let id = UUID.random()

    init() throws {
        world = try World(.owner, .admin, .customer)
        service = try world.service()
    }

    private func caller(_ person: Person) throws -> Caller {
        try service.caller(world.signIn(person.email))
    }

    private func createKey(
        by caller: Caller, _ service: AuthService, edit: (inout APIKeyRequest) -> Void = { _ in }
    ) throws -> CreatedOnce<NewAPIKey, APIKeyDetails> {
        var request = APIKeyRequest()
        (request.name, request.password) = (.text("Backup"), .text(Person.password))
        edit(&request)
        return try service.apiKeys.createAPIKey(request, id: id, by: caller, from: .sample)
    }

    private func createInvite(
        by caller: Caller, _ service: AuthService, email: TextInput = .absent
    ) throws -> CreatedOnce<NewInvite, Invite> {
        var request = InviteRequest()
        request.email = email
        return try service.invites.createInvite(request, id: id, by: .caller(caller))
    }

    @Test func `a second request with the id of a key finds the key without its text`() throws {
        let customer = try caller(.customer)
        guard case .made(let new) = try createKey(by: customer, service) else {
            Issue.record("nothing was made")
            return
        }
        #expect(new.details.key.id == id)
        try service.identify(.bearer(new.text))
        let mails = world.store.memory.mails.count
        for _ in 0..<2 {
            guard case .alreadyMade(let present) = try createKey(by: customer, service) else {
                Issue.record("a second key was made")
                return
            }
            #expect(present.key == new.details.key && present.name == "Backup")
            // A revoked key is not made again.
            try? service.apiKeys.revokeAPIKey(id, by: customer)
        }
        #expect(world.store.memory.apiKeys.count == 1 && world.store.memory.mails.count == mails)
    }

    @Test func `a second request is not refused for what the first created`() throws {
        let customer = try caller(.customer)
        let free = APIKey.standardMaximum[.free]
        for _ in 1..<free { try world.makeKey(of: Person.customer.email) }
        guard case .made = try createKey(by: customer, service),
            case .alreadyMade = try createKey(
                by: customer, service, edit: { $0.password = .absent })
        else {
            Issue.record("the limit was not that of one key")
            return
        }
        guard
            case .made = try createInvite(
                by: caller(.owner), service, email: .text("new@example.org"))
        else {
            Issue.record("no invite was made")
            return
        }
        try world.add("new@example.org")
        guard
            case .alreadyMade = try createInvite(
                by: caller(.owner), service, email: .text("new@example.org"))
        else {
            Issue.record("a second invite was made")
            return
        }
        #expect(try world.mails(of: .invited).count == 1)
    }

    @Test func `the id of another account's key or invite is not used again`() throws {
        let (owner, admin) = (try caller(.owner), try caller(.admin))
        guard case .made(let first) = try createKey(by: owner, service),
            case .made(let second) = try createKey(by: admin, service)
        else {
            Issue.record("a key of another account was shown")
            return
        }
        #expect(first.details.key.id == id && second.details.key.id != id)
        #expect(second.details.key.accountID == admin.account.id)
        guard case .made(let invite) = try createInvite(by: owner, service),
            case .made(let other) = try createInvite(by: admin, service)
        else {
            Issue.record("an invite of another account was shown")
            return
        }
        #expect(invite.invite.id == id && other.invite.id != id)
        #expect(other.invite.createdBy == admin.account.id)
    }

    @Test func `an invalid or refused request creates nothing, and its id is free`() throws {
        let customer = try caller(.customer)
        #expect(
            fieldsAtFault {
                _ = try createKey(by: customer, service) { $0.name = .text("") }
            } == ["name"])
        #expect(throws: AuthError.wrongPassword) {
            try createKey(by: customer, service) { $0.password = .text("wrong") }
        }
        #expect(world.store.memory.apiKeys.isEmpty)
        guard case .made = try createKey(by: customer, service) else {
            Issue.record("the id was taken")
            return
        }
    }

    @Test func `of two requests at once one creates the key or invite, and both show it`() throws {
        let owner = try caller(.owner)
        // The other request arrives after this one was checked and before it is written.
        let (world, id) = (world, id)
        world.store.beforeNextWrite {
            do {
                let other = try world.service()
                var request = APIKeyRequest()
                (request.name, request.password) = (.text("First"), .text(Person.password))
                _ = try other.apiKeys.createAPIKey(request, id: id, by: owner, from: .sample)
            } catch {
                Issue.record(error)
            }
        }
        guard case .alreadyMade(let present) = try createKey(by: owner, service) else {
            Issue.record("both made a key")
            return
        }
        #expect(present.name == "First" && world.store.memory.apiKeys.count == 1)
        world.store.beforeNextWrite {
            do {
                _ = try world.service().invites.createInvite(
                    InviteRequest(), id: id, by: .caller(owner))
            } catch {
                Issue.record(error)
            }
        }
        guard case .alreadyMade(let invite) = try createInvite(by: owner, service) else {
            Issue.record("both made an invite")
            return
        }
        #expect(invite.id == id && world.store.memory.invites.count == 1)
    }
}
