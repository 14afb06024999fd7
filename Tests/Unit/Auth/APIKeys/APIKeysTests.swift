import Crypto
import Testing
import TestSupport

@testable import Auth

/// Creating, listing and revoking keys.
struct APIKeysTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email

    init() throws {
        world = try World(.owner, .customer)
        service = try world.service()
    }

    private func caller(_ person: Person = .customer) throws -> Caller {
        try service.signIn.authenticate(.cookie(world.signIn(person.email).cookie), for: .person)
    }

    private func request(
        _ name: TextInput = .text("ci"), scopes: [String]? = nil, lifetime: Period? = nil
    ) -> APIKeyRequest {
        var request = APIKeyRequest()
        (request.name, request.scopes, request.lifetime) = (name, scopes, lifetime)
        return request
    }

    @discardableResult
    private func make(by person: Person = .customer) throws -> NewAPIKey {
        try service.createAPIKey(request(), by: caller(person))
    }

    @Test func `a key belongs to its creator and only its hash is stored`() throws {
        let made = try make()
        let caller = try service.authenticate(.bearer(made.text))
        #expect(caller.account == world.account(email))
        #expect(caller.session == nil)
        let stored = try #require(world.store.memory.apiKeys.first)
        #expect(stored.details == made.details && stored.hash == SHA256.digest(made.text.utf8))
        #expect(made.text.hasPrefix(made.details.prefix))
        #expect(!"\(world.store.memory)".contains(made.text.dropFirst(made.details.prefix.count)))
    }

    @Test(
        arguments: [
            (nil, .standard), (["read"], .read), (["write"], .write),
            (["write", "read"], .standard),
        ] as [([String]?, APIKey.Scopes)])
    func `a key gets the requested scopes`(names: [String]?, scopes: APIKey.Scopes) throws {
        let made = try service.createAPIKey(request(scopes: names), by: caller())
        #expect(made.details.key.scopes == scopes)
    }

    @Test func `an admin key lasts at most 90 days and only administrators may create one`() throws
    {
        let ninety = try #require(Period.lifetime("90d"))
        let more = try #require(Period.lifetime("91d"))
        for (lifetime, seconds) in [(nil, 90 * 86_400), (ninety, 90 * 86_400)]
            as [(Period?, Int64)]
        {
            let wanted = request(scopes: ["admin"], lifetime: lifetime)
            let key = try service.createAPIKey(wanted, by: caller(.owner)).details.key
            #expect(key.scopes == .admin)
            #expect(key.expiresAt == world.clock.now.adding(seconds: seconds))
        }
        let owner = try caller(.owner)
        let long = request(scopes: ["admin", "read"], lifetime: more)
        #expect(fieldsAtFault { _ = try service.createAPIKey(long, by: owner) } == ["expiresIn"])
        let customers = request(scopes: ["admin"])
        #expect(throws: AuthError.forbidden) {
            try service.createAPIKey(customers, by: caller())
        }
    }

    @Test func `a key expires after the requested lifetime, to the second`() throws {
        let lifetime = try #require(Period.lifetime("1h"))
        let made = try service.createAPIKey(request(lifetime: lifetime), by: caller())
        #expect(made.details.key.expiresAt == world.clock.now.adding(seconds: 3_600))
        world.clock.advance(seconds: 3_599)
        try service.authenticate(.bearer(made.text))
        world.clock.advance(seconds: 1)
        #expect(throws: AuthError.invalidToken) { try service.authenticate(.bearer(made.text)) }
    }

    @Test(
        arguments: [
            (.absent, nil, ["name"]), (.notText, nil, ["name"]), (.text(""), nil, ["name"]),
            (.text("  "), nil, ["name"]), (.text("a\nb"), nil, ["name"]),
            (.text(String(repeating: "a", count: 101)), nil, ["name"]),
            (.text("ci"), [], ["scopes"]), (.text("ci"), ["owner"], ["scopes"]),
            (.text("ci"), ["read", "read"], ["scopes"]), (.text("ci"), ["READ"], ["scopes"]),
            (.absent, ["read", ""], ["name", "scopes"]),
        ] as [(TextInput, [String]?, [String])])
    func `every invalid input is named and no key is created`(
        name: TextInput, scopes: [String]?, fields: [String]
    ) throws {
        let caller = try caller()
        let wrong = request(name, scopes: scopes)
        #expect(fieldsAtFault { _ = try service.createAPIKey(wrong, by: caller) } == fields)
        #expect(world.store.writes == 0)
    }

    @Test func `inputs that could not be decoded are reported with the others`() throws {
        let caller = try caller()
        var wrong = request(.absent)
        wrong.objections = [InvalidInput("expiresIn", .notLifetime)]
        let fields = fieldsAtFault { _ = try service.createAPIKey(wrong, by: caller) }
        #expect(fields == ["expiresIn", "name"])
    }

    @Test(arguments: [(Account.Tier.free, 5), (.pro, 20), (.team, 100)])
    func `a tier limits the number of keys and a revoked key frees a place`(
        tier: Account.Tier, maximum: Int
    ) throws {
        world.change(email) { $0.tier = tier }
        let keys = try (0..<maximum).map { _ in
            world.clock.advance(seconds: 60)
            return try make()
        }
        world.clock.advance(seconds: 60)
        #expect(throws: AuthError.limitReached) { try make() }
        #expect(world.store.memory.apiKeys.count == maximum)
        try make(by: .owner)
        try service.apiKeys.revokeAPIKey(keys[0].details.key.id, by: caller())
        try make()
        #expect(throws: AuthError.limitReached) { try make() }
    }

    @Test func `expired keys do not count towards the limit`() throws {
        let lifetime = try #require(Period.lifetime(seconds: 10))
        for _ in 0..<5 {
            _ = try service.createAPIKey(request(lifetime: lifetime), by: caller())
        }
        #expect(throws: AuthError.limitReached) { try make() }
        world.clock.advance(seconds: 10)
        try make()
    }

    @Test func `the limit is configurable`() throws {
        var rules = world.rules
        rules.maximumAPIKeys.free = 0
        let service = try world.service(rules: rules)
        let caller = try caller()
        #expect(throws: AuthError.limitReached) {
            try service.createAPIKey(request(), by: caller)
        }
    }

    @Test(arguments: [Account.Status.disabled, .pending, nil])
    func `an account disabled or deleted during the request gets no key`(status: Account.Status?)
        throws
    {
        let caller = try caller()
        if let status {
            world.change(email) { $0.status = status }
        } else {
            world.store.change { $0.credentials = [] }
        }
        #expect(throws: AuthError.unauthenticated) {
            try service.createAPIKey(request(), by: caller)
        }
        #expect(world.store.memory.apiKeys.isEmpty)
    }

    @Test func `an account lists its own live keys, newest first, in pages`() throws {
        var ids: [UUID] = []
        for _ in 0..<3 {
            ids.insert(try make().details.key.id, at: 0)
            world.clock.advance(seconds: 1)
        }
        try make(by: .owner)
        let ended = try make()
        try service.apiKeys.revokeAPIKey(ended.details.key.id, by: caller())
        let first = try service.apiKeys.apiKeys(of: caller(), PageRequest(limit: 2))
        let rest = try service.apiKeys.apiKeys(
            of: caller(), PageRequest(limit: 2, after: first.next))
        #expect((first.items + rest.items).map(\.key.id) == ids)
        #expect(first.items.count == 2 && rest.next == nil)
    }

    @Test func `a revoked key is rejected and not found again`() throws {
        let (made, other) = (try make(), try make())
        let id = made.details.key.id
        try service.apiKeys.revokeAPIKey(id, by: caller())
        #expect(throws: AuthError.invalidToken) { try service.identify(.bearer(made.text)) }
        try service.authenticate(.bearer(other.text))
        for unknown in [id, .random()] {
            #expect(throws: AuthError.notFound) {
                try service.apiKeys.revokeAPIKey(unknown, by: caller())
            }
        }
    }

    @Test func `an account cannot revoke another account's key`() throws {
        let made = try make()
        #expect(throws: AuthError.notFound) {
            try service.apiKeys.revokeAPIKey(made.details.key.id, by: caller(.owner))
        }
        try service.authenticate(.bearer(made.text))
    }

    @Test func `the operator lists and revokes keys of all accounts`() throws {
        let mine = try make()
        world.clock.advance(seconds: 1)
        let theirs = try make(by: .owner)
        let all = try #require(try service.apiKeys.apiKeys(ofEmail: nil, PageRequest()))
        #expect(all.items.map(\.email.address) == [Person.owner.email, email])
        #expect(all.items.map(\.details) == [theirs.details, mine.details])
        let some = try #require(
            try service.apiKeys.apiKeys(ofEmail: email.uppercased(), PageRequest()))
        #expect(some.items.map(\.details) == [mine.details])
        for nobody in ["nobody@example.org", "no address"] {
            #expect(try service.apiKeys.apiKeys(ofEmail: nobody, PageRequest()) == nil)
        }

        #expect(try service.apiKeys.revokeAPIKey(mine.details.key.id))
        #expect(try !service.apiKeys.revokeAPIKey(mine.details.key.id))
        #expect(throws: AuthError.invalidToken) { try service.identify(.bearer(mine.text)) }
        try service.authenticate(.bearer(theirs.text))
    }

    @Test func `a store failure creates no key and is reported`() throws {
        let (caller, id) = (try caller(), try make().details.key.id)
        world.store.condition = .broken
        let fault = AuthError.unavailable("disk I/O error")
        #expect(throws: fault) { try service.createAPIKey(request(), by: caller) }
        #expect(throws: fault) { try service.apiKeys.apiKeys(of: caller, PageRequest()) }
        #expect(throws: fault) { try service.apiKeys.revokeAPIKey(id, by: caller) }
    }
}
