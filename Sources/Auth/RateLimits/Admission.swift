extension Throttle {
    /// How a request was admitted by what its network may do, before anything in it was looked at.
    public enum Admission: Sendable, Equatable {
        /// Its network had one left.
        case network
        /// Its network had none left, and it shows something by which an account may know it: it goes
        /// on by the account's own allowance, or is turned away by this refusal.
        case knownClientsOnly(NetworkRefusal)
    }

    /// What a network is told that has none left.
    public struct NetworkRefusal: Sendable, Equatable {
        /// Nanoseconds until it has one.
        let wait: UInt64
        /// Which limit says so.
        let limit: Limit

        /// The error that turns a client away.
        var error: AuthError { Throttle.refusal(after: wait, by: limit) }
    }

    /// What a network may do so often.
    ///
    /// A route declares which of them its requests are; nothing else counts them.
    public enum Action: Sendable, CaseIterable {
        /// Signing in.
        case login
        /// Opening accounts: signup and register together.
        case signup
        /// First-run setup.
        case setup
        /// Having mails sent, and using the links in them.
        case mail
        /// Giving the present password again, to do something that asks for it.
        case passwordCheck

        /// The limit that counts it.
        var limit: Limit {
            switch self {
            case .login: .login
            case .signup: .signup
            case .setup: .setup
            case .mail: .mail
            case .passwordCheck: .passwordCheck
            }
        }

        /// Whether it concerns an account that may know the client.
        fileprivate var hasKnownClients: Bool {
            switch self {
            case .login, .mail, .passwordCheck: true
            case .signup, .setup: false
            }
        }
    }

    /// Counts one action of a network.
    ///
    /// - Parameters:
    ///   - action: What it does.
    ///   - network: Where the client is.
    ///   - mayBeKnown: Whether the work that follows is admitted by `admitHashing`, and the request
    ///     shows a device or a credential.
    /// - Returns: How it was admitted.
    /// - Throws: `tooManyRequests` when the network has no token left and no account can know the
    ///   client.
    @discardableResult
    func admit(
        _ action: Action, from network: Network, mayBeKnown: Bool = false
    ) throws(AuthError) -> Admission {
        guard let wait = wait(for: action, of: network) else { return .network }
        let refusal = NetworkRefusal(wait: wait, limit: action.limit)
        guard mayBeKnown && action.hasKnownClients else { throw refusal.error }
        return .knownClientsOnly(refusal)
    }
}

extension AuthService {
    /// Counts one action of a network, before anything in the request is looked at.
    ///
    /// - Parameters:
    ///   - action: What it does.
    ///   - network: Where the client is.
    ///   - mayBeKnown: Whether the verb that follows hashes a password, and the request shows a device
    ///     or a credential.
    /// - Returns: How it was admitted, for the `ClientContext` of that verb.
    /// - Throws: `tooManyRequests`.
    public func admit(
        _ action: Throttle.Action, from network: Throttle.Network, mayBeKnown: Bool
    ) throws(AuthError) -> Throttle.Admission {
        try context.throttle.admit(action, from: network, mayBeKnown: mayBeKnown)
    }
}
