import Auth
import Crypto
import Testing
import TestSupport

extension World {
    /// A world whose site is `http://localhost`.
    convenience init(_ people: Person..., isThrottled: Bool = true) throws {
        try self.init(people: people, isThrottled: isThrottled, rules: .sample())
    }
}

extension AuthService.Rules {
    static func sample() throws -> AuthService.Rules {
        try .standard(website: .configured(#require(Origin("http://localhost"))))
    }
}

extension Throttle.Network {
    static let sample = Throttle.Network.ipv4(0xC000_0201)
}

extension ClientContext {
    /// An unknown client in a network of its own.
    static func stranger(_ network: Int) -> ClientContext {
        ClientContext(
            network: .ipv4(UInt32(truncatingIfNeeded: network)), address: nil, userAgent: nil)
    }

    static let sample = ClientContext(
        network: .sample, address: "192.0.2.1", userAgent: "Sample/1.0")
}

extension AuthService {
    @discardableResult
    func identify(_ credential: PresentedCredential?) throws(AuthError) -> Caller {
        try signIn.identify(credential, for: .read)
    }

    @discardableResult
    func authenticate(_ credential: PresentedCredential?) throws(AuthError) -> Caller {
        try signIn.authenticate(credential, for: .read)
    }

    @discardableResult
    func login(
        _ email: String, _ password: String = Person.password,
        presenting credential: PresentedCredential? = nil, from client: ClientContext = .sample
    ) throws(AuthError) -> SignedIn {
        try signIn.login(
            email: .text(email), password: .text(password),
            by: SignInClient(client, presented: credential))
    }

    /// The context of a client in a network that presents a device cookie.
    func client(
        _ token: String?, in network: Throttle.Network = .sample
    ) -> ClientContext {
        ClientContext(
            network: network, address: nil, userAgent: nil,
            device: token.flatMap { device(of: Array($0.utf8)[...]) })
    }

    @discardableResult
    func signup(
        _ email: String, _ password: String = Person.password, name: TextInput = .absent
    ) throws(AuthError) -> SignedIn {
        try registration.signup(
            email: .text(email), password: .text(password), name: name, from: .sample
        )
        .signedIn
    }

    /// The person who owns a session, for verbs that need a person.
    func caller(_ credentials: Credentials) throws(AuthError) -> Caller {
        try signIn.identify(.cookie(credentials.cookie), for: .person)
    }

    @discardableResult
    func changePassword(
        from current: String = Person.password, to new: String, by credentials: Credentials,
        at client: ClientContext = .sample
    ) throws(AuthError) -> String {
        try passwords.changePassword(
            from: .text(current), to: .text(new), by: caller(credentials), at: client)
    }

    /// Confirms an address by a link, with the password of the account unless none is given.
    @discardableResult
    func verifyEmail(
        _ token: String, _ password: String? = Person.password,
        presenting credential: PresentedCredential? = nil, from client: ClientContext = .sample
    ) throws(AuthError) -> UUID {
        try email.verifyEmail(
            token: .text(token), password: password.map(TextInput.text) ?? .absent, from: client,
            presented: credential)
    }

    func createAPIKey(
        _ request: APIKeyRequest, by caller: Caller
    ) throws(AuthError) -> NewAPIKey {
        try apiKeys.createAPIKey(request, by: caller, from: .sample)
    }

    func resetPassword(_ token: String, to password: String) throws(AuthError) {
        try passwords.resetPassword(token: .text(token), password: .text(password), from: .sample)
    }

    func changeEmail(
        to email: String, _ password: String = Person.password, by credentials: Credentials
    ) throws(AuthError) {
        try self.email.changeEmail(
            to: .text(email), password: .text(password), by: caller(credentials), from: .sample)
    }

    func deleteAccount(
        _ password: String = Person.password, of credentials: Credentials
    ) throws(AuthError) {
        try accounts.deleteAccount(
            password: .text(password), of: caller(credentials), from: .sample)
    }

    @discardableResult
    func register(
        _ email: String, username: String = "New Person", invite: String? = nil
    ) throws(AuthError) -> RegistrationService.Registration {
        try registration.register(
            username: .text(username), email: .text(email), password: .text(Person.password),
            invite: invite, from: .sample)
    }
}

extension PresentedCredential {
    static func cookie(_ text: String) -> PresentedCredential { .cookie(Array(text.utf8)[...]) }
    static func bearer(_ text: String) -> PresentedCredential { .bearer(Array(text.utf8)[...]) }
}

extension [String: String] {
    /// The token of the link in a mail; empty without one.
    var token: String {
        let link = self["link"] ?? ""
        return String(link[(link.firstIndex(of: "=") ?? link.endIndex)...].dropFirst())
    }
}

/// The outcome that `work` reports for a link that was used already; nil when it is unknown, or
/// `work` succeeds or fails otherwise.
func settledLink(_ work: () throws -> Void) -> SettledLink? {
    do {
        try work()
        return nil
    } catch AuthError.invalidLink(let settled) {
        return settled
    } catch {
        return nil
    }
}

/// The invalid inputs that `work` reports; nil when it succeeds or fails otherwise.
func fieldsAtFault(_ work: () throws -> Void) -> [String]? {
    do {
        try work()
        return nil
    } catch AuthError.invalidInput(let inputs) {
        return inputs.map(\.field)
    } catch {
        return nil
    }
}

extension AuthService {
    /// Changes settings on behalf of a caller.
    func change(_ change: SettingsChange, by caller: Caller) throws(AuthError) -> Settings {
        try settings.change(change, by: .caller(caller), from: .sample).settings
    }
}
