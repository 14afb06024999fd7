import Crypto
import Testing
import TestSupport

@testable import Auth

/// Somebody who was let in, and is not who they were when their request is carried out.
struct StaleCallerTests {
    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(.owner, .admin, .customer)
        service = try world.service()
    }

    private func caller(_ person: Person) throws -> Caller {
        try service.authenticate(.cookie(world.signIn(person.email).cookie), for: .person)
    }

    @Test func `a session that ended meanwhile makes no key that would outlive it`() throws {
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

    @Test func `an administrator who is none any more switches nothing`() throws {
        let caller = try caller(.admin)
        world.change(Person.admin.email) { $0.role = .user }
        var change = SettingsChange()
        change.approval = false
        #expect(throws: AuthError.forbidden) { try service.change(change, by: caller) }
        #expect(world.store.memory.settings.approval)
    }

    @Test func `the links to decide die with the password they were sent under`() throws {
        try service.register("new@example.org")
        try service.verifyEmail(#require(try world.mails(of: .verify).last).values.token)
        #expect(world.store.memory.linkTokens.contains { $0.purpose == .decide })
        _ = try service.setPassword("another password", ofEmail: Person.owner.email)
        #expect(!world.store.memory.linkTokens.contains { $0.purpose == .decide })
    }

    @Test func `a token does not outlive its session`() throws {
        var rules = world.rules
        rules.sessionLifetime = 3_600
        let short = try world.service(rules: rules)
        let token = try short.signup("short@example.org").accessToken
        world.clock.advance(seconds: 3_600)
        #expect(throws: AuthError.tokenExpired) { try short.identify(.bearer(token)) }
    }
}
