import Auth
import Logging
import Synchronization
import System

/// Sends each new checkpoint out of the reach of who can change the database: to a file, or to a program.
///
/// A checkpoint that could not be sent is tried again, and those after it wait. Requests never wait for it.
final class CheckpointSender: Sendable {
    /// How often new checkpoints are looked for.
    private static let interval = Duration.seconds(1)
    /// How long after a failure the next attempt comes.
    private static let pause = Duration.seconds(10)
    /// How long a program may take.
    private static let limit = Duration.seconds(30)
    /// How long the end of the daemon waits for the last checkpoint.
    private static let endLimit = Duration.seconds(5)

    private let destination: CheckpointDestination
    private let logger: Logger
    private let makeService: @Sendable () -> AuthService
    private let end = ShutdownDeadline()
    private let wakeSignal: EventFD
    private let ended: EventFD
    private let thread = Mutex<Thread?>(nil)

    /// Creates a sender that has not started.
    ///
    /// - Parameters:
    ///   - destination: A file or a program.
    ///   - logger: Receives failures.
    ///   - makeService: Makes the service of the sender's thread.
    /// - Throws: When the process has no descriptor left.
    init(
        to destination: CheckpointDestination, logger: Logger,
        makeService: @escaping @Sendable () -> AuthService
    ) throws(SystemError) {
        self.destination = destination
        self.logger = logger
        self.makeService = makeService
        wakeSignal = try EventFD(.flag)
        ended = try EventFD(.flag)
    }

    /// Begins.
    ///
    /// - Throws: When the process may not have another thread.
    func start() throws(SystemError) {
        if let problem = destination.problem { logger.warning("\(problem)") }
        let thread = try Thread { [self] in
            run()
            ended.add()
        }
        self.thread.withLock { $0 = thread }
    }

    /// Sends what is left, and ends soon: a disk that does not respond is not waited for.
    func stop() {
        end.set(within: Self.endLimit)
        wakeSignal.add()
        guard let thread = thread.withLock({ $0.take() }) else { return }
        let deadline = MonotonicClock.now() + (Self.endLimit + Self.interval).nanoseconds
        if SystemCall.waitReadable([ended.descriptor.number], until: deadline) {
            thread.join()
        } else {
            thread.detach()
        }
    }

    private func run() {
        let service = makeService()
        var feed: CheckpointFeed?
        // So that it is logged once.
        var fault: String?
        while true {
            // Before the checkpoints are read: what was signed before the end is sent.
            let isLast = end.isNear
            do {
                var present = try feed ?? service.record.checkpoints()
                defer { feed = present }
                while let checkpoint = try present.next() {
                    guard MonotonicClock.now() < end.time else { return reportEnd() }
                    try send(checkpoint)
                    present.pass(checkpoint)
                }
                if fault != nil { logger.notice("audit.checkpoint: checkpoints are sent again") }
                fault = nil
            } catch {
                let found = "\(error)"
                if found != fault { logger.error("audit.checkpoint: not sent: \(found)") }
                fault = found
            }
            guard !isLast else {
                if fault != nil { reportEnd() }
                return
            }
            rest(for: fault == nil ? Self.interval : Self.pause)
        }
    }

    private func reportEnd() {
        logger.error("audit.checkpoint: the last checkpoint was not sent before the end")
    }

    private func send(_ checkpoint: SignedCheckpoint) throws(CheckpointError) {
        switch destination {
        case .none: break
        case .file(let path):
            do { try DurableFile.append(checkpoint.line, to: path) } catch { throw .file(error) }
        case .program(let path):
            let deadline = MonotonicClock.now() + Self.limit.nanoseconds
            try CheckpointProgram.run(path, checkpoint.line) { min(deadline, end.time) }
        }
    }

    private func rest(for duration: Duration) {
        let deadline = MonotonicClock.now() + duration.nanoseconds
        SystemCall.waitReadable([wakeSignal.descriptor.number], until: deadline)
        wakeSignal.take()
    }
}
