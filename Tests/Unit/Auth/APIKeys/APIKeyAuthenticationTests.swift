import Crypto
import Testing
import TestSupport

@testable import Auth

/// Authentication by API key.
struct APIKeyAuthenticationTests {
    private let world: World
    private let service: AuthService
    private let email = Person.customer.email

    init() throws {
        world = try World(.owner, .customer, .pending, .disabled)
        service = try world.service()
    }

    @Test(
        arguments: [
            (.read, .read, nil), (.read, .write, .insufficientScope),
            (.read, .person, .apiKeyNotAllowed), (.write, .read, .insufficientScope),
            (.write, .write, nil), (.write, .person, .apiKeyNotAllowed), (.standard, .read, nil),
            (.standard, .write, nil), (.standard, .person, .apiKeyNotAllowed),
            (.standard, .administration, .insufficientScope), (.admin, .administration, nil),
            (.admin, .read, .insufficientScope), (.admin, .write, .insufficientScope),
            (.admin, .person, .apiKeyNotAllowed),
        ] as [(APIKey.Scopes, Access, AuthError?)])
    func `a key allows what its scopes include and nothing that needs a person`(
        scopes: APIKey.Scopes, access: Access, error: AuthError?
    ) throws {
        let key = try world.makeKey(of: Person.owner.email, scopes: scopes).text
        let verbs: [() throws -> Caller] = [
            { try service.signIn.identify(.bearer(key), for: access) },
            { try service.signIn.authenticate(.bearer(key), for: access) },
            { try service.signIn.authenticateAdministrator(.bearer(key), for: access) },
        ]
        for verb in verbs {
            var thrown: AuthError?
            do {
                _ = try verb()
            } catch {
                thrown = error as? AuthError
            }
            #expect(thrown == error)
        }
    }

    @Test func `a key with the admin scope works only while its owner is an administrator`() throws
    {
        let key = try world.makeKey(of: email, scopes: .admin).text
        for role in [Account.Role.user, .admin, .member] {
            world.change(email) { $0.role = role }
            func use() throws -> Caller {
                try service.signIn.authenticateAdministrator(.bearer(key), for: .administration)
            }
            if role == .admin {
                #expect(try use().account.role == .admin)
            } else {
                #expect(throws: AuthError.forbidden) { try use() }
            }
        }
    }

    @Test func `a key with a wrong checksum is rejected without a store lookup`() throws {
        var key = Array(try world.makeKey(of: email).text.utf8)
        key.swapAt(10, 11)
        key[12] = key[12] == UInt8(ascii: "a") ? UInt8(ascii: "b") : UInt8(ascii: "a")
        for text in [key[...], key.dropLast(), Array("luna_".utf8)[...]] {
            #expect(throws: AuthError.invalidToken) { try service.identify(.bearer(text)) }
        }
        #expect(world.store.reads == 0)
    }

    @Test func `an unknown key is invalid`() {
        let key = APIKeyText.random()
        #expect(throws: AuthError.invalidToken) { try service.identify(.bearer(key.text)) }
        #expect(world.store.reads == 1)
    }

    @Test func `neither id, prefix nor stored hash of a key is a credential`() throws {
        let (text, details) = try world.makeKey(of: email)
        for text in [
            details.key.id.description, details.prefix,
            Hex.encode(SHA256.digest(text.utf8).bytes),
            "luna_" + Base64URL.encode(SHA256.digest(text.utf8).bytes),
        ] {
            #expect(throws: AuthError.invalidToken) { try service.identify(.bearer(text)) }
        }
    }

    @Test func `a key in the session cookie is unauthenticated`() throws {
        let key = try world.makeKey(of: email).text
        #expect(throws: AuthError.unauthenticated) { try service.identify(.cookie(key)) }
    }

    @Test func `a key of a pending account is identified but not authorized`() throws {
        let key = try world.makeKey(of: Person.pending.email).text
        #expect(try service.identify(.bearer(key)).account.status == .pending)
        #expect(throws: AuthError.pendingApproval) { try service.authenticate(.bearer(key)) }
    }

    @Test(arguments: [Person.disabled, .customer])
    func `a key of a disabled or deleted account is invalid`(person: Person) throws {
        let key = try world.makeKey(of: person.email).text
        if person == .customer { world.store.change { $0.credentials.removeAll() } }
        #expect(throws: AuthError.invalidToken) { try service.identify(.bearer(key)) }
    }

    @Test func `a key cannot log out and does not count as a session at login`() throws {
        let key = try world.makeKey(of: email).text
        let session = try world.signIn(email)
        #expect(throws: AuthError.apiKeyNotAllowed) {
            try service.signIn.logout([.bearer(key), .cookie(session.cookie)])
        }
        try service.authenticate(.cookie(session.cookie))
        for _ in 0..<10 { _ = try? service.login(email, "wrong password") }
        do throws(AuthError) {
            try service.login(email, presenting: .bearer(key))
            Issue.record("a key counted as a session")
        } catch {
            guard case .tooManyRequests = error else {
                Issue.record("\(error)")
                return
            }
        }
    }

    @Test func `a store failure is never reported as an invalid key`() throws {
        let key = try world.makeKey(of: email).text
        let conditions: [(MemoryStore.Condition, AuthError)] = [
            (.broken, .unavailable("disk I/O error")), (.cold, .notInMemory),
        ]
        for (condition, error) in conditions {
            world.store.condition = condition
            #expect(throws: error) { try service.identify(.bearer(key)) }
        }
    }

    @Test func `every request with a key counts against the limit and reports what remains`() throws
    {
        let key = try world.makeKey(of: email, scopes: .read).text
        var left: [Int] = []
        _ = try service.signIn.identify(.bearer(key), for: .read) { left.append($0.remaining) }
        for access in [Access.write, .person] {
            #expect(throws: AuthError.self) {
                try service.signIn.identify(.bearer(key), for: access) { left.append($0.remaining) }
            }
        }
        #expect(left == [59, 58, 57])
        for _ in 0..<57 { _ = try service.authenticate(.bearer(key)) }
        var refusal: Allowance?
        // At the limit, even a request that no key may make is answered with the limit alone.
        #expect(throws: AuthError.tooManyRequests(retryAfter: 1)) {
            try service.signIn.authenticate(.bearer(key), for: .person) { refusal = $0 }
        }
        #expect(world.throttle.refusals(by: .tiers) == 1)
        #expect(refusal?.limit == 60 && refusal?.remaining == 0 && refusal?.resetSeconds == 60)
        world.clock.advance(seconds: 1)
        try service.authenticate(.bearer(key))
    }

    @Test func `invalid keys are not counted, and sessions only where configured`() throws {
        let session = try world.signIn(email)
        let bad = APIKeyText.random().text
        let note = { (allowance: Allowance) -> Void in
            Issue.record("counted: \(allowance)")
        }
        _ = try service.signIn.identify(.cookie(session.cookie), for: .read, noting: note)
        _ = try service.signIn.identify(.bearer(session.token), for: .read, noting: note)
        #expect(throws: AuthError.invalidToken) {
            try service.signIn.identify(.bearer(bad), for: .read, noting: note)
        }
        var rules = TierLimits.Rules()
        rules.countsSessions = true
        world.throttle.tiers.replace(by: rules)
        var left: [Int] = []
        _ = try service.signIn.identify(.cookie(session.cookie), for: .read) {
            left.append($0.remaining)
        }
        _ = try service.signIn.identify(.bearer(session.token), for: .read) {
            left.append($0.remaining)
        }
        #expect(left == [59, 58])
        world.throttle.setEnabled(false)
        _ = try service.signIn.identify(.cookie(session.cookie), for: .read, noting: note)
    }
}
