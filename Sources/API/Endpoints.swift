package import Web

/// The JSON endpoints, by resource.
package enum Endpoints {
    /// Every endpoint; the router finds the first soonest.
    package static func all(_ configuration: APIConfiguration) -> [Endpoint] {
        [
            account, forwardAuth(configuration), server(configuration), settings,
            setup, sessions, signIn(configuration), registration, passwords,
            emailVerification, apiKeys, users, approval, invites,
            admin(configuration.monitoring), forwardAuthUnderPrefix(configuration),
        ].flatMap(\.self)
    }
}
