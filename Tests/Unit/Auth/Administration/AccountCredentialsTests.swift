import Crypto
import Testing
import TestSupport

@testable import Auth

/// What administrators see and revoke of other accounts.
struct AccountCredentialsTests {
    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(.owner, .admin, .member, .customer)
        service = try world.service()
    }

    private func id(_ person: Person) throws -> UUID {
        try #require(world.account(person.email)).id
    }

    private func administrator(_ person: Person) throws -> Administrator {
        .caller(try service.caller(world.signIn(person.email)))
    }

    private func keyOf(_ person: Person) throws -> Administrator {
        let key = try world.makeKey(of: person.email, scopes: [.read, .admin]).text
        return .caller(
            try service.signIn.authenticateAdministrator(.bearer(key), for: .administration))
    }

    /// The revoking verbs, each on all credentials of an account.
    private static let revocations: [@Sendable (AuthService, UUID, Administrator) throws -> Int] = [
        { try $0.administration.endSessions(of: $1, by: $2) },
        { try $0.administration.revokeAPIKeys(of: $1, by: $2) },
    ]

    @Test func `sessions, keys and invites of one account are listed`() throws {
        let email = Person.admin.email
        let session = try world.signIn(email).session
        let key = try world.makeKey(of: email).details
        let invite = try service.invites.createInvite(
            InviteRequest(), by: .caller(service.caller(world.signIn(email)))
        ).invite
        _ = try service.invites.createInvite(InviteRequest(), by: .commandLine)
        try world.makeKey(of: Person.customer.email)
        let (page, admin) = (PageRequest(), try id(.admin))
        let sessions = try service.administration.sessions(of: admin, page).items
        #expect(sessions.map(\.session.id).contains(session.id) && sessions.count == 2)
        #expect(try service.administration.apiKeys(of: admin, page).items == [key])
        #expect(try service.administration.invites(madeBy: admin, page).items == [invite])
        #expect(try service.administration.invites(madeBy: id(.customer), page).items == [])
    }

    @Test func `an unknown account has no lists and nothing to revoke`() throws {
        let (page, owner) = (PageRequest(), try administrator(.owner))
        let unknown = UUID.random()
        let administration = service.administration
        #expect(throws: AuthError.notFound) { try administration.sessions(of: unknown, page) }
        #expect(throws: AuthError.notFound) { try administration.apiKeys(of: unknown, page) }
        #expect(throws: AuthError.notFound) { try administration.invites(madeBy: unknown, page) }
        #expect(throws: AuthError.notFound) { try administration.lock(of: unknown) }
        for revoke in Self.revocations {
            #expect(throws: AuthError.notFound) { try revoke(service, unknown, owner) }
        }
    }

    @Test func `one session of an account ends, and no other`() throws {
        let (first, second) = (
            try world.signIn(Person.customer.email), try world.signIn(Person.customer.email)
        )
        let (admin, customer) = (try administrator(.admin), try id(.customer))
        _ = service.takeJournal()
        try service.administration.endSession(first.session.id, of: customer, by: admin)
        #expect(throws: AuthError.unauthenticated) { try service.identify(.cookie(first.cookie)) }
        try service.identify(.cookie(second.cookie))
        #expect(
            service.takeJournal().changes == [
                .init(
                    name: "session", account: customer, old: "\(first.session.id)", new: "ended",
                    author: admin.author)
            ])
        for session in [first.session.id, try world.signIn(Person.member.email).session.id] {
            #expect(throws: AuthError.notFound) {
                try service.administration.endSession(session, of: customer, by: admin)
            }
        }
        #expect(service.takeJournal().changes == [])
    }

    @Test func `all sessions and keys of an account end, and their number is recorded`() throws {
        let customer = try id(.customer)
        for _ in 0..<2 { _ = try world.signIn(Person.customer.email) }
        let keys = try (0..<3).map { _ in try world.makeKey(of: Person.customer.email).text }
        let other = try world.makeKey(of: Person.member.email).text
        let admin = try administrator(.admin)
        #expect(try service.administration.endSessions(of: customer, by: admin) == 2)
        #expect(try service.administration.revokeAPIKeys(of: customer, by: admin) == 3)
        #expect(
            service.takeJournal().changes.map { [$0.name, $0.old, $0.new] } == [
                ["sessions", "2", "ended"], ["apiKeys", "3", "revoked"],
            ])
        for key in keys {
            #expect(throws: AuthError.invalidToken) { try service.identify(.bearer(key)) }
        }
        try service.identify(.bearer(other))
        for revoke in Self.revocations { #expect(try revoke(service, customer, admin) == 0) }
        #expect(service.takeJournal().changes == [])
    }

    @Test func `a revoked key takes its invites with it`() throws {
        let (text, details) = try world.makeKey(of: Person.admin.email, scopes: [.read, .admin])
        let byKey = try service.signIn.authenticateAdministrator(
            .bearer(text), for: .administration)
        let new = try service.invites.createInvite(InviteRequest(), by: .caller(byKey))
        let (owner, admin) = (try administrator(.owner), try id(.admin))
        _ = service.takeJournal()
        try service.administration.revokeAPIKey(details.key.id, of: admin, by: owner)
        #expect(try service.invites.preview(code: new.code).state == .expired)
        #expect(service.takeJournal().changes.map(\.name) == ["apiKey"])
        #expect(throws: AuthError.notFound) {
            try service.administration.revokeAPIKey(details.key.id, of: admin, by: owner)
        }
    }

    @Test func `credentials of owner and administrators are the owner's and their own to revoke`()
        throws
    {
        for revoke in Self.revocations {
            let (owner, admin) = (try administrator(.owner), try administrator(.admin))
            #expect(throws: AuthError.forbidden) { try revoke(service, id(.owner), admin) }
            _ = try revoke(service, id(.admin), owner)
            _ = try revoke(
                service, id(.admin), .caller(service.caller(world.signIn(Person.admin.email))))
            _ = try revoke(service, id(.owner), .commandLine)
        }
    }

    @Test func `credentials are revoked in person, by an administrator`() throws {
        let customer = try id(.customer)
        for revoke in Self.revocations {
            let key = try keyOf(.owner)
            #expect(throws: AuthError.apiKeyNotAllowed) { try revoke(service, customer, key) }
            let member = try administrator(.member)
            #expect(throws: AuthError.forbidden) { try revoke(service, customer, member) }
            let demoted = try administrator(.admin)
            world.change(Person.admin.email) { $0.status = .disabled }
            #expect(throws: AuthError.unauthenticated) { try revoke(service, customer, demoted) }
            world.change(Person.admin.email) { $0.status = .active }
        }
    }

    @Test func `accounts were last seen when any of their sessions was used`() throws {
        let email = Person.customer.email
        let (early, late) = (try world.signIn(email), try world.signIn(email))
        let (customer, member) = (try id(.customer), try id(.member))
        world.clock.advance(seconds: 3_600)
        try service.identify(.cookie(early.cookie))
        let seen = world.clock.now.milliseconds / 60_000 * 60_000
        world.clock.advance(seconds: 3_600)
        for _ in 0..<2 {
            #expect(
                try service.administration.lastSeen(of: [customer, member, .random()])
                    == [customer: Timestamp(milliseconds: seen)])
            // Past sessions count, too.
            _ = try service.administration.endSessions(of: customer, by: .commandLine)
        }
        _ = late
    }
}
