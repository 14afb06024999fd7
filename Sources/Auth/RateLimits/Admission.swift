extension Throttle {
    /// How a request passed the limit of its network, before anything in it was examined.
    public enum Admission: Sendable, Equatable {
        /// Its network was within the limit.
        case network
        /// Its network had reached the limit, but the request carries something by which an account may
        /// know the client: it goes on under the account's own limit, or is refused with this refusal.
        case knownClientsOnly(NetworkRefusal)
    }

    /// The refusal of a network that reached its limit.
    public struct NetworkRefusal: Sendable, Equatable {
        /// Nanoseconds until its next token.
        let wait: UInt64
        /// The limit it reached.
        let limit: Limit

        /// The error that refuses the client.
        var error: AuthError { Throttle.refusal(after: wait, by: limit) }
    }

    /// An action whose frequency is limited per network.
    ///
    /// A route declares the action of its requests; nothing else counts them.
    public enum Action: Sendable, CaseIterable {
        /// Signing in.
        case login
        /// Creating accounts: signup and registration together.
        case signup
        /// First-run setup.
        case setup
        /// Requesting mails, and using the links in them.
        case mail
        /// Entering the present password again for a sensitive operation.
        case passwordCheck
        /// Requesting a challenge for a passkey.
        case challenge

        /// The limit that counts the action.
        var limit: Limit {
            switch self {
            case .login: .login
            case .signup: .signup
            case .setup: .setup
            case .mail: .mail
            case .passwordCheck: .passwordCheck
            case .challenge: .challenge
            }
        }

        /// Whether the action concerns an account that may know the client.
        fileprivate var hasKnownClients: Bool {
            switch self {
            case .login, .mail, .passwordCheck: true
            case .signup, .setup, .challenge: false
            }
        }
    }

    /// Counts one action of a network.
    ///
    /// - Parameters:
    ///   - action: The action.
    ///   - network: The client's network.
    ///   - mayBeKnown: Whether the operation that follows is admitted by `admitHashing`, and the request
    ///     carries a device cookie or a credential.
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
    /// Counts one action of a network, before anything in the request is examined.
    ///
    /// - Parameters:
    ///   - action: The action.
    ///   - network: The client's network.
    ///   - mayBeKnown: Whether the operation that follows hashes a password, and the request carries a
    ///     device cookie or a credential.
    /// - Returns: How it was admitted, for the `ClientContext` of that operation.
    /// - Throws: `tooManyRequests`.
    public func admit(
        _ action: Throttle.Action, from network: Throttle.Network, mayBeKnown: Bool
    ) throws(AuthError) -> Throttle.Admission {
        try context.throttle.admit(action, from: network, mayBeKnown: mayBeKnown)
    }
}
