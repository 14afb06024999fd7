import API
import Auth
import Logging
import Server
import Synchronization

/// What SIGHUP does: takes over what can change while the server runs, and names what cannot.
struct Reload {
    let options: ConfigurationOptions
    let loaded: LoadedConfiguration
    let log: ServerLog
    let services: Services

    /// The keys that take effect at once.
    private static let live = ["log.", "limits.", "trustedProxies", "forwardedHeaders", "http."]
    /// Under `http.` but fixed at start.
    private static let fixed = ["http.maximumConnections"]

    /// Reads the configuration again; a broken one changes nothing.
    func run(_ server: Server) {
        let fresh: LoadedConfiguration
        do {
            fresh = try options.load()
        } catch {
            log.logger.error("the configuration was not reloaded: \(error)")
            return
        }
        log.apply(fresh.values.log)
        services.throttle.setEnabled(fresh.values.limits.enabled)
        services.proxies.replace(by: fresh.values.proxyTrust)
        server.update(fresh.values.http.timeouts)
        let waiting = loaded.layers.keys(differingFrom: fresh.layers).filter { key in
            Self.fixed.contains(key) || !Self.live.contains { key.hasPrefix($0) }
        }
        log.logger.notice("the configuration was reloaded")
        if !waiting.isEmpty {
            log.logger.warning("a restart is needed for: \(waiting.joined(separator: ", "))")
        }
    }
}
