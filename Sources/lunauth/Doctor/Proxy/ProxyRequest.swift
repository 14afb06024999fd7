import Auth
import System
import Web

/// Which proxy is examined, and how it is reached.
struct ProxyRequest: Sendable {
    /// The public origin of the server.
    let site: Origin
    /// The address that is connected to; nil for the one that names lead to.
    var address: String?
    /// The authorities that are trusted instead of the system's; absolute.
    var caFile: String?

    /// Sends everything.
    ///
    /// - Parameter loaded: The configuration of the server.
    /// - Returns: What came of it.
    func facts(_ loaded: LoadedConfiguration) -> Result<ProxyFacts, ProxyObstacle> {
        do {
            let key = try SecretKeys(loaded).probeKey()
            let sender = try WebClientProcess(address: address, caFile: caFile)
            let examination = ProxyExamination(
                ProxyProbe(site: site, key: key, sender: sender),
                expecting: ProxyFacts.Expectations(loaded.values), pause: Self.pause)
            return try examination.facts()
        } catch {
            return .failure(.unable("\(error)"))
        }
    }

    private static func pause(_ duration: Duration) {
        StandardError.write(
            "waiting for \(duration.components.seconds) s: idle connections show in no other way\n")
        SystemCall.waitReadable([], until: MonotonicClock.now() + duration.nanoseconds)
    }
}

extension ProxyFacts.Expectations {
    /// What a configuration says.
    init(_ values: Configuration) {
        self.init(
            fields: values.forwardedHeaders, idleSeconds: values.http.idleSeconds,
            queueSeconds: values.password.queueSeconds, website: values.websiteURL,
            applications: values.forwardAuth.returnOrigins.compactMap(\.exactOrigin))
    }
}
