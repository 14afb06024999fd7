import HTTP
package import Logging
import Synchronization

/// Warnings that are logged once in the life of the process.
///
/// Shared by all threads.
package final class Warnings: Sendable {
    private let logger: Logger
    private let saidUnnamedClient = Atomic(false)

    /// Warnings of which none was logged yet.
    package init(logger: Logger) {
        self.logger = logger
    }

    /// A trusted proxy did not name the client of a request.
    func unnamedClient(behind peer: Peer) {
        guard !saidUnnamedClient.exchange(true, ordering: .relaxed) else { return }
        let name =
            switch peer {
            case .address(let address, _): address.description
            case .local: "a Unix socket"
            }
        logger.warning(
            """
            a request came from \(name), which is trusted as a proxy, without naming its client: \
            if a proxy runs there, let it send X-Forwarded-For, or all its clients share one limit
            """)
    }
}
