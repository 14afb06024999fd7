import Auth
import Logging
import Synchronization

/// Follows the key files: a key that the command line replaced signs within a moment.
final class KeyWatch: Sendable {
    private let keys: SecretKeys
    private let tokenKeys: TokenKeys
    private let logger: Logger
    private let seen: Mutex<[String]>

    /// A watch over the files that these keys were read from.
    init(keys: SecretKeys, tokenKeys: TokenKeys, logger: Logger) {
        self.keys = keys
        self.tokenKeys = tokenKeys
        self.logger = logger
        seen = Mutex(keys.fingerprint(at: WallClock.now()))
    }

    /// Takes new keys into use, and drops those whose tokens have all expired.
    func look() {
        let time = WallClock.now()
        let present = keys.fingerprint(at: time)
        let isChanged = seen.withLock { seen in
            defer { seen = present }
            return seen != present
        }
        guard isChanged else { return }
        do {
            tokenKeys.replace(by: try keys.ring(at: time))
            logger.notice("the token keys changed")
        } catch {
            logger.error("the token keys changed and cannot be read: \(error)")
        }
    }
}
