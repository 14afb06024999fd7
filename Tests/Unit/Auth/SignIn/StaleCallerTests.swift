import Crypto
import Testing
import TestSupport

@testable import Auth

/// Callers whose session or account changes between authentication and commit.
struct StaleCallerTests {
    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(.owner, .admin, .customer)
        service = try world.service()
    }

    private func caller(_ person: Person) throws -> Caller {
        try service.signIn.authenticate(.cookie(world.signIn(person.email).cookie), for: .person)
    }

    @Test func `a session that ends during the request creates no API key`() throws {
        let caller = try caller(.customer)
        let time = world.clock.now
        world.store.change { memory in
            for index in memory.sessions.indices { memory.sessions[index].endedAt = time }
        }
        var request = APIKeyRequest()
        request.name = .text("late")
        let wanted = request
        #expect(throws: AuthError.unauthenticated) {
            _ = try service.createAPIKey(wanted, by: caller)
        }
        #expect(world.store.memory.apiKeys.isEmpty)
    }

    @Test func `an administrator demoted during the request changes no settings`() throws {
        let caller = try caller(.admin)
        world.change(Person.admin.email) { $0.role = .user }
        var change = SettingsChange()
        change.approval = false
        #expect(throws: AuthError.forbidden) { try service.change(change, by: caller) }
        #expect(world.store.memory.settings.approval)
    }

    @Test func `a new owner password invalidates pending approval links`() throws {
        try service.register("new@example.org")
        try service.verifyEmail(#require(try world.mails(of: .verify).last).values.token)
        #expect(world.store.memory.linkTokens.contains { $0.purpose == .decide })
        _ = try service.administration.setPassword("another password", ofEmail: Person.owner.email)
        #expect(!world.store.memory.linkTokens.contains { $0.purpose == .decide })
    }

    @Test func `an access token expires no later than its session`() throws {
        var rules = world.rules
        rules.sessionLifetime = 3_600
        let short = try world.service(rules: rules)
        let token = try short.signup("short@example.org").accessToken
        world.clock.advance(seconds: 3_600)
        #expect(throws: AuthError.tokenExpired) { try short.identify(.bearer(token)) }
    }
}
