import API
import Auth
import Logging
import Server
import Synchronization
import Web

/// What SIGHUP does: takes over what can change while the server runs, and names what cannot.
struct Reload {
    let options: ConfigurationOptions
    let loaded: LoadedConfiguration
    let log: ServerLog
    let services: DaemonServices

    /// Reads the configuration again; a broken one changes nothing.
    func run(_ server: Server) {
        let fresh: LoadedConfiguration
        do {
            fresh = try options.load(for: .start)
        } catch {
            log.logger.error("the configuration was not reloaded: \(error)")
            return
        }
        log.apply(fresh.values.log)
        services.throttle.setEnabled(fresh.values.limits.enabled)
        services.throttle.tiers.replace(by: fresh.values.limits.tiers)
        services.proxies.replace(by: fresh.values.proxyTrust)
        server.update(fresh.values.http.timeouts)
        // What setup decided since the start is in force already.
        let known = Set(loaded.layers.warnings)
        for warning in fresh.layers.warnings where !known.contains(warning) {
            log.logger.warning("\(warning)")
        }
        var started = loaded.layers
        if let record = fresh.setup { started.apply(record) }
        let before = (try? started.checked()) ?? loaded.values
        let waiting =
            ConfigurationKey.changed(from: before, to: fresh.values)
            .filter { !$0.isReloadable }.map(\.path)
            + SecretInput.outsideOfFiles.filter {
                fresh.layers.secrets[$0]?.text != loaded.layers.secrets[$0]?.text
            }.map(\.variable)
        log.logger.notice("the configuration was reloaded")
        if !waiting.isEmpty {
            log.logger.warning("a restart is needed for: \(waiting.joined(separator: ", "))")
        }
    }
}
