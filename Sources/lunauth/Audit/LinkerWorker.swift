import Auth
import Crypto
import Logging
import Synchronization
import System

/// Links what was recorded, within a second and when the server stops, and deletes what is too old.
///
/// No request waits for it. After a fault it tries again; what was recorded meanwhile is linked later.
final class LinkerWorker: Sendable {
    /// How often it looks for events.
    private static let interval = Duration.milliseconds(500)
    /// How often it looks whether the last events need a checkpoint, without new ones.
    private static let checkpointInterval = Duration.seconds(60)
    /// How long after the start the first purge comes: after the store's own one.
    private static let firstPurge = Duration.seconds(120)
    private static let purgeInterval = Duration.seconds(3_600)
    /// How long after a fault the next attempt comes.
    private static let pause = Duration.seconds(5)
    /// The same when the server stops.
    private static let lastPause = Duration.milliseconds(200)
    /// How long the end of the daemon waits for the last events.
    private static let endLimit = Duration.seconds(5)

    private let maximumEvents: Int64
    private let logger: Logger
    private let makeService: @Sendable () -> AuthService
    /// Which process links, for the store.
    private let process = UUID.random()
    private let counter: EventFD
    private let end = ShutdownDeadline()
    private let thread = Mutex<Thread?>(nil)

    /// Creates a worker that has not started.
    ///
    /// - Parameters:
    ///   - maximumEvents: The most events that are kept.
    ///   - logger: Receives failures, and each checkpoint.
    ///   - makeService: Makes the service of the worker's thread.
    /// - Throws: When the process has no descriptor left.
    init(
        maximumEvents: Int64, logger: Logger, makeService: @escaping @Sendable () -> AuthService
    ) throws(SystemError) {
        self.maximumEvents = maximumEvents
        self.logger = logger
        self.makeService = makeService
        counter = try EventFD(.flag)
    }

    /// Begins, with new keys where the secret key of the record is lost: nothing could be recorded otherwise.
    ///
    /// - Throws: A fault of the database; when the process may not have another thread.
    func start() throws {
        if try makeService().linker.replaceLostKeys() {
            logger.error(
                """
                no secret key opens the keys of the record of events: it has new ones, and older events cannot \
                be verified; with the former secret.key, `lunauth secret rotate --from` verifies them again
                """)
        }
        let thread = try Thread { [self] in run() }
        self.thread.withLock { $0 = thread }
    }

    /// Ends after the last events are linked, or soon where that fails: they are linked after the next start.
    func stop() {
        end.set(within: Self.endLimit)
        counter.add()
        let thread = self.thread.withLock { $0.take() }
        thread?.join()
    }

    private func run() {
        let service = makeService()
        // So that a fault is logged once.
        var fault: String?
        var nextCheckpoint = MonotonicClock.now()
        var nextPurge = MonotonicClock.now() + Self.firstPurge.nanoseconds
        while !end.isNear {
            do throws(AuthError) {
                try service.recordFailedLogins()
                let now = MonotonicClock.now()
                var isMore = try service.linker.hasWork()
                if isMore || now >= nextCheckpoint {
                    isMore = try link(by: service)
                    nextCheckpoint = now + Self.checkpointInterval.nanoseconds
                }
                if now >= nextPurge {
                    nextPurge = now + Self.purgeInterval.nanoseconds
                    try purge(by: service)
                }
                fault = nil
                if !isMore { wait(Self.interval) }
            } catch {
                let found = "\(error)"
                if found != fault { logger.error("the record of events: \(found)") }
                fault = found
                wait(Self.pause)
            }
        }
        finish(by: service)
    }

    /// Links a batch.
    ///
    /// - Returns: Whether there may be more at once.
    private func link(by service: AuthService) throws(AuthError) -> Bool {
        // Another process links as well; what it leaves is seen the next time.
        guard let linked = try service.linker.link(as: process) else { return false }
        report(linked.checkpoints)
        return linked.isMore
    }

    private func purge(by service: AuthService) throws(AuthError) {
        let (deleted, checkpoints) = try service.linker.purge(
            keeping: maximumEvents, unless: { end.isNear })
        report(checkpoints)
        if deleted > 0 { logger.info("the record of events: \(deleted) old events were deleted") }
    }

    private func finish(by service: AuthService) {
        while MonotonicClock.now() < end.time {
            do throws(AuthError) {
                try service.recordFailedLogins(isEnd: true)
                guard let linked = try service.linker.finish(as: process) else { return }
                report(linked.checkpoints)
                guard linked.isMore else { return }
            } catch {
                logger.error("the last events are not linked yet: \(error)")
                let deadline = min(end.time, MonotonicClock.now() + Self.lastPause.nanoseconds)
                SystemCall.waitReadable([], until: deadline)
            }
        }
    }

    /// Logs checkpoints, which are of no use to those who could forge events: a log that is kept elsewhere
    /// shows a chain that was cut off.
    private func report(_ checkpoints: [SignedCheckpoint]) {
        for signed in checkpoints {
            guard let checkpoint = Checkpoint(text: signed.text) else { continue }
            logger.info(
                """
                the record of events: checkpoint \(checkpoint.link.number) \
                (\(checkpoint.reason.rawValue)) \(Hex.encode(checkpoint.link.hash.bytes))
                """)
        }
    }

    private func wait(_ duration: Duration) {
        SystemCall.waitReadable(
            [counter.descriptor.number], until: MonotonicClock.now() + duration.nanoseconds)
    }
}
