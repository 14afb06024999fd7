import Crypto
import Testing
import TestSupport

@testable import Auth

/// A world, and what the tests of factors do in it.
struct FactorWorld {
    let world: World
    let service: AuthService
    let email: String

    /// A world of the owner, an administrator, a member, a customer, and of `person`, whose factors it is about.
    init(_ person: Person = .customer, _ edit: (inout AuthService.Rules) -> Void = { _ in }) throws
    {
        var rules = try AuthService.Rules.sample()
        edit(&rules)
        world = try World(people: [.owner, .admin, .member, .customer], rules: rules)
        service = try world.service()
        email = person.email
        world.confirm(email)
    }

    /// The account.
    var account: Account {
        get throws { try #require(world.account(email)) }
    }

    /// What the account is proven with besides its password.
    var credentials: [Credential] {
        get throws { world.store.memory.factors(of: try account.id) }
    }

    /// The kinds of them; what was added at the same time has no order.
    var kinds: Set<Credential.Kind> {
        get throws { Set(try credentials.map(\.kind)) }
    }

    /// The caller of a new session, which proved two factors unless it is said otherwise.
    func caller(
        by methods: AuthenticationMethods = [.password, .oneTimeCode]
    ) throws -> Caller {
        try service.caller(world.signIn(email, by: methods))
    }

    /// The code that an app shows, so many steps from now.
    func code(of secret: String, in steps: Int64 = 0) throws -> TextInput {
        let key = try #require(Base32.decode(secret.utf8).flatMap { Secret(bytes: $0) })
        let step = TOTP.step(at: world.clock.now.seconds) + steps
        return .text(TOTP.code(secret: key, step: step))
    }

    /// Begins and confirms an app.
    @discardableResult
    func addApp(by caller: Caller? = nil) throws -> (secret: String, enrolled: Enrolled) {
        let owner = FactorOwner.caller(try caller ?? self.caller())
        let begun = try service.factors.beginTOTP(by: owner, password: .absent, from: .sample)
        let enrolled = try service.factors.confirmTOTP(
            code: code(of: begun.secret), by: owner, from: .sample)
        return (begun.secret, enrolled)
    }

    /// Registers a passkey.
    @discardableResult
    func add(
        _ passkey: inout TestPasskey, named name: TextInput = .absent, by caller: Caller? = nil
    ) throws -> NewPasskey {
        let owner = FactorOwner.caller(try caller ?? self.caller())
        let options = try service.passkeys.registrationOptions(
            by: owner, password: .absent, from: .sample)
        return try service.passkeys.register(
            passkey.register(options), name: name, by: owner, from: .sample)
    }

    /// Signs in with a passkey alone.
    func signIn(_ passkey: inout TestPasskey) throws -> SignedIn {
        let options = try service.passkeys.signInOptions(.signIn)
        return try service.passkeys.signIn(passkey.use(options), by: SignInClient(.sample))
    }

    /// Replaces every sealed byte of the account's factors by others.
    func damageFactors() {
        world.store.change { memory in
            for index in memory.factors.indices {
                memory.factors[index].data = memory.factors[index].data.map { $0 ^ 1 }
            }
        }
    }
}

/// The reason of the error that `body` throws; nil without one.
func reason(_ body: () throws -> Void) -> Reason? {
    do {
        try body()
        return nil
    } catch {
        return (error as? AuthError)?.reason
    }
}
