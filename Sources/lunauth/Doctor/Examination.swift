import Auth

/// The server that is examined: what its configuration says, and what it runs on.
struct Examination: Sendable {
    /// The configuration, complete.
    let loaded: LoadedConfiguration
    /// The machine, as the server meets it.
    let host: Host
    /// What the command line asked for.
    let request: DoctorRequest
    /// The present time.
    let now: Timestamp
    /// What came of the requests through the proxy.
    var proxy: Result<ProxyFacts, ProxyObstacle> = .failure(.notAsked)

    /// The values of the configuration.
    var values: Configuration { loaded.values }
    /// The secret keys.
    var keys: SecretKeys { SecretKeys(loaded) }
}

/// What the command line asks of the doctor.
struct DoctorRequest: Sendable {
    /// Where backups are looked for; absolute.
    var backups = "/var/backups/lunauth"
    /// Where a test mail goes; nil for none.
    var testMail: String?
    /// The proxy that is examined; nil for none.
    var proxy: ProxyRequest?
}
