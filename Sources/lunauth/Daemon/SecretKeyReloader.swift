import Auth
import Logging
import Synchronization
import Web

/// Follows the key files, and the keys that daemons share: one that the command line made signs within a
/// moment of its time.
final class SecretKeyReloader: Sendable {
    private let keys: SecretKeys
    private let tokenKeys: TokenKeys
    private let sealingKeys: MailEncryptionKeys
    private let deviceKeys: DeviceKeys
    private let vault: FactorVault
    private let probes: ProbeGate
    private let logger: Logger
    /// Nil before `begin`.
    private let state = Mutex<State?>(nil)

    private struct State {
        /// The files whose keys are in use, and the numbers of those that are shared.
        var used: [String]
        /// The name of the key that signs, so that a rotation is logged once: its files change in
        /// several steps, and again when the old key expires.
        var current: String?
        /// The files that could not be read, so that it is logged once.
        var unreadable: [String]?
    }

    /// Creates a reloader of the files that these keys were read from.
    ///
    /// - Parameters:
    ///   - keys: The files.
    ///   - tokenKeys: The keys in use for tokens.
    ///   - sealingKeys: The keys in use for mails.
    ///   - deviceKeys: The keys in use for device cookies.
    ///   - vault: Seals factors.
    ///   - probes: Knows the doctor by the key in use for that.
    ///   - logger: Receives changes.
    init(
        keys: SecretKeys, tokenKeys: TokenKeys, sealingKeys: MailEncryptionKeys,
        deviceKeys: DeviceKeys, vault: FactorVault, probes: ProbeGate, logger: Logger
    ) {
        self.keys = keys
        self.tokenKeys = tokenKeys
        self.sealingKeys = sealingKeys
        self.deviceKeys = deviceKeys
        self.vault = vault
        self.probes = probes
        self.logger = logger
    }

    /// Takes the keys into use that are there at the start, those that daemons share among them.
    ///
    /// - Throws: When they cannot be read.
    func begin() throws {
        let time = WallClock.now()
        let present = try keys.fingerprint(at: time)
        try takeKeys(at: time)
        let current = tokenKeys.currentName
        state.withLock { $0 = State(used: present, current: current) }
    }

    /// Takes new keys into use, and drops those whose tokens have all expired; does nothing before `begin`.
    ///
    /// Called on one thread. What cannot be read is tried again at the next call.
    func check() {
        let time = WallClock.now()
        guard let state = self.state.withLock({ $0 }) else { return }
        var present: [String] = []
        do {
            present = try keys.fingerprint(at: time)
            guard present != state.used else {
                guard state.unreadable != nil else { return }
                self.state.withLock { $0?.unreadable = nil }
                return logger.notice("the token keys can be read again")
            }
            try takeKeys(at: time)
            let current = tokenKeys.currentName
            self.state.withLock { $0 = State(used: present, current: current) }
            if current != state.current { logger.notice("the token keys changed") }
        } catch {
            guard state.unreadable != present else { return }
            self.state.withLock { $0?.unreadable = present }
            logger.error("the token keys cannot be read, those in use stay: \(error)")
        }
    }

    private func takeKeys(at time: Timestamp) throws(SecretKeyError) {
        let sealing = try keys.sealingKeys(at: time)
        let device = try keys.deviceKeys(at: time)
        let wrapping = try keys.wrappingKeys()
        let probe = try keys.probeKey()
        tokenKeys.replace(by: try keys.ring(at: time))
        sealingKeys.replace(by: sealing)
        deviceKeys.replace(by: device)
        vault.replace(by: wrapping)
        probes.replace(by: probe)
    }
}
