package import Web

/// The JSON endpoints, by resource.
package enum Endpoints {
    /// Every endpoint; the router finds the first soonest.
    package static func all(_ configuration: APIConfiguration) -> [Endpoint] {
        [
            account, forwardAuth(configuration), server(configuration), settings,
            setup, sessions, signIn(configuration), steps, passkeySignIn, registration, passwords,
            emailVerification, factors, authenticator, passkeys, passkeyRegistration,
            trustedBrowsers, apiKeys, users, userFactors, accountExport, approval, invites, events,
            explain, probe(configuration.probes),
            passkeyEndpoints(configuration),
            admin(configuration.monitoring), forwardAuthUnderPrefix(configuration),
        ].flatMap(\.self)
    }
}
