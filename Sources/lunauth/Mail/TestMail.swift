import Auth
import Glibc

/// A mail that the running server sends to show that it can.
struct TestMail {
    /// What became of it.
    enum Outcome: Equatable {
        /// `mail.transport` is none.
        case noTransport
        /// Another system is responsible for it now.
        case sent
        /// It was tried once, in vain, and dropped.
        case failed(String)
        /// No server took it up in this many seconds, and it was dropped.
        case noServer(seconds: Int)
    }

    /// How long beyond the limit for one delivery the server may take, in seconds: other mails may be under
    /// way.
    private static let graceSeconds = 15
    /// How often the outbox is looked at, in microseconds.
    private static let step: UInt32 = 200_000

    private let recipient: String
    private let seconds: Int

    /// A test mail.
    ///
    /// - Parameters:
    ///   - recipient: Needs no account.
    ///   - timeoutSeconds: The limit for one delivery.
    init(to recipient: String, timeoutSeconds: Int) {
        self.recipient = recipient
        seconds = timeoutSeconds + Self.graceSeconds
    }

    /// Puts it into the outbox, and waits for what becomes of it.
    ///
    /// - Parameter service: Beside the running server.
    /// - Returns: What became of it.
    /// - Throws: `invalidInput`, `unavailable`.
    func send(by service: AuthService) throws -> Outcome {
        guard let id = try service.outbox.sendTestMail(to: recipient) else { return .noTransport }
        let end = WallClock.now().adding(seconds: Int64(seconds))
        while true {
            guard let queued = try service.outbox.queuedMail(id) else { return .sent }
            if queued.attempts > 0 {
                try service.outbox.dropMail(id)
                return .failed(queued.lastError ?? "")
            }
            guard WallClock.now() < end else { break }
            usleep(Self.step)
        }
        try service.outbox.dropMail(id)
        return .noServer(seconds: seconds)
    }
}
