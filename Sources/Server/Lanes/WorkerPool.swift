import HTTP
import System
import Synchronization

/// A request on its way through the lanes.
struct Job: Sendable {
    /// The whole request.
    let forwarded: ForwardedRequest
    /// The connection that waits for the response.
    let token: Token
    /// The queue of that connection's loop, for the response.
    let loopQueue: LoopQueue
    /// When it has to be started at the latest, in nanoseconds of the monotonic clock; the same on every
    /// lane.
    let deadline: UInt64
}

/// The bounded queue of one lane, with the threads that work on it.
///
/// One of them is started at once, each other with the first job that finds all before it at work.
final class WorkerPool: Sendable {
    private struct State {
        var queue: Queue<QueuedJob>
        var isStopped = false
        /// How many threads were started.
        var started = 0
        /// How many of them have no job.
        var idle = 0
        /// Starts another one; nil where the pool's owner runs the jobs itself.
        var start: StartThread?
    }

    /// A job in the queue, and the number of jobs before it when it was queued.
    private struct QueuedJob {
        let job: Job
        let ahead: Int
    }

    /// Starts a thread that works on the pool.
    typealias StartThread = @Sendable () throws(SystemError) -> Void

    /// The lane.
    let lane: Lane
    /// How long a request may wait for a thread, in nanoseconds.
    let maximumWait: UInt64
    private let configuration: ServerConfiguration.Workers
    private let state: Mutex<State>
    private let work: EventFD

    /// Creates a pool without threads.
    ///
    /// - Throws: When the process has no descriptor left.
    init(lane: Lane, _ configuration: ServerConfiguration.Workers) throws(SystemError) {
        self.lane = lane
        self.configuration = configuration
        maximumWait = configuration.wait.nanoseconds
        state = Mutex(State(queue: Queue(capacity: configuration.queue)))
        work = try EventFD(.semaphore)
    }

    /// The most threads.
    var threads: Int { max(1, configuration.threads) }

    /// The nice value of the threads.
    var nice: Int32 { configuration.nice }

    /// The number of jobs that wait for a thread.
    var queued: Int { state.withLock { $0.queue.count } }

    /// Whether a job that was submitted now might not be started in time.
    ///
    /// - Parameter now: Nanoseconds of the monotonic clock.
    /// - Returns: Whether the queue is full, or its oldest job has waited for more than half of its
    ///   time.
    func isOverloaded(at now: UInt64) -> Bool {
        state.withLock { state in
            state.queue.isFull
                || state.queue.first.map { $0.job.deadline < now + maximumWait / 2 } ?? false
        }
    }

    /// Starts the first thread, and the others when they are needed.
    ///
    /// - Parameter start: Called on the threads that submit jobs.
    /// - Throws: When the first cannot be started.
    func start(by start: @escaping StartThread) throws(SystemError) {
        state.withLock { state in
            state.start = start
            (state.started, state.idle) = (1, 1)
        }
        try start()
    }

    /// Queues a job.
    ///
    /// - Throws: `overloaded` when the queue is full, or too slow for the job, or the pool has
    ///   stopped.
    func submit(_ job: Job) throws(Refusal) {
        let start = try state.withLock { (state) throws(Refusal) -> StartThread? in
            guard !state.isStopped else { throw .overloaded(retryAfterSeconds: 1) }
            let wait = expectedWait(until: job.deadline, behind: state.queue)
            guard !configuration.refusesEarly || wait <= maximumWait,
                state.queue.append(QueuedJob(job: job, ahead: state.queue.count))
            else { throw .overloaded(retryAfterSeconds: wait.wholeSeconds) }
            guard let start = state.start, state.queue.count > state.idle, state.started < threads
            else { return nil }
            (state.started, state.idle) = (state.started + 1, state.idle + 1)
            return start
        }
        work.add()
        do throws(SystemError) {
            try start?()
        } catch {
            // The threads that are there do the work, until the process may have another.
            state.withLock { ($0.started, $0.idle) = ($0.started - 1, $0.idle - 1) }
        }
    }

    /// How long a job that was submitted now is expected to wait.
    ///
    /// - Parameter now: Nanoseconds of the monotonic clock.
    /// - Returns: Seconds; at least one.
    func secondsToWait(at now: UInt64) -> Int {
        state.withLock { expectedWait(until: now + maximumWait, behind: $0.queue).wholeSeconds }
    }

    /// Waits for a job; nil when the pool has stopped.
    func next() -> Job? {
        while true {
            work.take()
            let (job, isStopped) = state.withLock { state -> (Job?, Bool) in
                guard !state.isStopped, let job = state.queue.popFirst()?.job else {
                    return (nil, state.isStopped)
                }
                state.idle -= 1
                return (job, false)
            }
            if job != nil || isStopped { return job }
        }
    }

    /// Counts the thread of a finished job as one that has none.
    func finish() {
        state.withLock { $0.idle += 1 }
    }

    /// The expected wait of a job with this deadline in nanoseconds, estimated from the oldest job in
    /// the queue; 0 when the queue is empty.
    ///
    /// While the oldest job waited, all jobs ahead of it were started. The new job has all queued jobs
    /// ahead of it, and then as many as there are threads, each with a job that waits for a permit.
    private func expectedWait(until deadline: UInt64, behind queue: Queue<QueuedJob>) -> UInt64 {
        guard let first = queue.first, first.job.deadline < deadline else { return 0 }
        let waited = min(deadline - first.job.deadline, maximumWait)
        return waited / UInt64(first.ahead + threads) * UInt64(queue.count + 2 * threads)
    }

    /// Lets every thread end after its current job; jobs still queued are dropped.
    func stop() {
        state.withLock { ($0.isStopped, $0.start) = (true, nil) }
        work.add(UInt64(threads))
    }
}

/// The lanes that have threads of their own.
final class Lanes: Sendable {
    /// The lane that may wait for the database.
    let store: WorkerPool
    /// The lane that may wait to derive a key from a password.
    let hashing: WorkerPool

    /// Creates both lanes, without threads.
    ///
    /// - Throws: When the process has no descriptor left.
    init(_ configuration: ServerConfiguration) throws(SystemError) {
        store = try WorkerPool(lane: .store, configuration.store)
        hashing = try WorkerPool(lane: .hashing, configuration.hashing)
    }

    /// The pool of a lane; nil for the loop lane.
    subscript(lane: Lane) -> WorkerPool? {
        switch lane {
        case .loop: nil
        case .store: store
        case .hashing: hashing
        }
    }

    /// Lets the threads of both lanes end, each after its current job.
    func stop() {
        store.stop()
        hashing.stop()
    }

    /// Runs the jobs of a lane until its pool is stopped.
    ///
    /// - Parameters:
    ///   - pool: The lane's pool.
    ///   - makeResponder: Creates this thread's responder, with its first job: most threads of an idle
    ///     server never have one.
    ///   - clock: Nanoseconds of the monotonic clock.
    func work(
        on pool: WorkerPool, with makeResponder: () -> any Responder, clock: () -> UInt64
    ) {
        var made: (any Responder)?
        while let job = pool.next() {
            let responder = made ?? makeResponder()
            made = responder
            serve(job, on: pool, with: responder, clock: clock)
            pool.finish()
        }
    }

    /// Runs one job: answers it, or forwards it to another lane.
    ///
    /// - Parameters:
    ///   - job: The job that was taken from the pool; a body with a secret is wiped.
    ///   - pool: The lane's pool.
    ///   - responder: This thread's responder.
    ///   - clock: Nanoseconds of the monotonic clock.
    func serve(
        _ job: Job, on pool: WorkerPool, with responder: any Responder, clock: () -> UInt64
    ) {
        guard let response = answer(job, on: pool, with: responder, clock: clock) else { return }
        job.forwarded.wipeBody()
        job.loopQueue.post(.response(response, job.token))
    }

    private func answer(
        _ job: Job, on pool: WorkerPool, with responder: any Responder, clock: () -> UInt64
    ) -> Response? {
        let now = clock()
        guard now <= job.deadline else {
            let seconds = pool.secondsToWait(at: now)
            return responder.refuse(
                .waitedTooLong(retryAfterSeconds: seconds), request: job.forwarded.request)
        }
        // The copy of the request ends with this line, before another thread may wipe the body.
        let result = responder.respond(to: job.forwarded.request, on: pool.lane)
        switch result {
        case .answer(let response): return response
        case .forward(let lane, _):
            do throws(Refusal) {
                guard lane != pool.lane, let other = self[lane] else {
                    throw .overloaded(retryAfterSeconds: 1)
                }
                try other.submit(job)
                return nil
            } catch {
                return responder.refuse(error, request: job.forwarded.request)
            }
        }
    }
}

extension UInt64 {
    /// These nanoseconds in seconds, rounded up, at least one.
    fileprivate var wholeSeconds: Int {
        Swift.max(1, Int(clamping: self / 1_000_000_000 + (self % 1_000_000_000 > 0 ? 1 : 0)))
    }
}
