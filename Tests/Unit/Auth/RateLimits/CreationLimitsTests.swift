import Crypto
import Testing
import TestSupport

@testable import Auth

/// Limits on how often an account may create rows.
struct CreationLimitsTests {
    private let world: World
    private let service: AuthService

    init() throws {
        world = try World(.owner, .admin, .customer)
        service = try world.service()
    }

    private func makeKey(_ caller: Caller) throws(AuthError) {
        var request = APIKeyRequest()
        request.name = .text("key")
        let key = try service.createAPIKey(request, by: caller)
        try service.apiKeys.revokeAPIKey(key.details.key.id, by: caller)
    }

    private func makeInvite(_ administrator: Administrator) throws(AuthError) {
        let invite = try service.invites.createInvite(InviteRequest(), by: administrator).invite
        try service.invites.removeInvite(invite.id, by: .commandLine)
    }

    /// How many were created before one was refused, and the wait and limit of the refusal.
    private func made(
        limit: Int = 1_000, _ make: () throws(AuthError) -> Void
    ) throws -> (count: Int, seconds: Int, limit: Throttle.Limit)? {
        for count in 0..<limit {
            do throws(AuthError) {
                try make()
            } catch .tooManyRequests(let seconds, let limit) {
                return (count, seconds, limit)
            }
        }
        return nil
    }

    @Test func `an account creates twenty keys and then one a minute, even when it revokes them`()
        throws
    {
        let caller = try service.caller(world.signIn(Person.customer.email))
        let other = try service.caller(world.signIn(Person.owner.email))
        let first = try #require(try made { () throws(AuthError) in try makeKey(caller) })
        #expect(first == (20, 60, .apiKeys))
        let writes = world.store.writes
        #expect(throws: AuthError.tooManyRequests(retryAfter: 60)) { try makeKey(caller) }
        #expect(world.store.writes == writes, "a refused request writes nothing")
        try makeKey(other)
        world.clock.advance(seconds: 60)
        #expect(try made { () throws(AuthError) in try makeKey(caller) }?.count == 1)
    }

    @Test func `a key that is refused for another reason does not count`() throws {
        let caller = try service.caller(world.signIn(Person.customer.email))
        for _ in 0..<50 {
            #expect(throws: AuthError.self) {
                try service.createAPIKey(APIKeyRequest(), by: caller)
            }
        }
        #expect(try made { () throws(AuthError) in try makeKey(caller) }?.count == 20)
    }

    @Test func `an administrator creates a hundred invites and the command line any number`() throws
    {
        let owner = try service.caller(world.signIn(Person.owner.email))
        let admin = try service.caller(world.signIn(Person.admin.email))
        let first = try #require(
            try made { () throws(AuthError) in try makeInvite(.caller(owner)) })
        #expect(first == (100, 30, .invites))
        try makeInvite(.caller(admin))
        #expect(
            try made(limit: 200) { () throws(AuthError) in try makeInvite(.commandLine) } == nil)
    }

    @Test func `an account begins a hundred and twenty sessions at once, from any network`() throws
    {
        let email = Person.customer.email
        var network = 0
        let first = try #require(
            try made { () throws(AuthError) in
                network += 1
                // The limit on hashing at an address is as low and must not apply first.
                if network == 60 { world.clock.advance(seconds: 2) }
                try service.login(email, from: .stranger(network))
            })
        #expect(first.count == 120 && first.limit == .sessions)
        // A wrong password is still reported as one.
        #expect(throws: AuthError.invalidCredentials) {
            try service.login(email, "wrong", from: .stranger(1_000))
        }
        try service.login(Person.owner.email)
    }

    @Test func `disabled limits count nothing`() throws {
        let world = try World(people: [.customer], isThrottled: false, rules: .sample())
        let service = try world.service()
        let caller = try service.caller(world.signIn(Person.customer.email))
        var request = APIKeyRequest()
        request.name = .text("key")
        for _ in 0..<150 {
            let key = try service.createAPIKey(request, by: caller)
            try service.apiKeys.revokeAPIKey(key.details.key.id, by: caller)
        }
        // Revoked keys are still removed by number.
        #expect(world.store.memory.apiKeys.count == APIKey.maximumPast + 1)
    }

    @Test func `past sessions and invites are removed by number when new ones are created`() throws
    {
        let world = try World(people: [.owner], isThrottled: false, rules: .sample())
        let service = try world.service()
        for _ in 0..<(Session.maximumPast + Session.maximumPerAccount + 50) {
            world.clock.advance(seconds: 1)
            try service.login(Person.owner.email)
        }
        #expect(
            world.store.memory.sessions.count
                == Session.maximumPast + Session.maximumPerAccount)
        for _ in 0..<(Invite.maximumPast + 50) {
            _ = try service.invites.createInvite(InviteRequest(), by: .commandLine)
        }
        world.clock.advance(seconds: 8 * 86_400)
        _ = try service.invites.createInvite(InviteRequest(), by: .commandLine)
        #expect(world.store.memory.invites.count == Invite.maximumPast + 1)
    }
}
