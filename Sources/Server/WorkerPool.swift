import HTTP
import Linux
import Synchronization

/// A request on its way through the lanes.
struct Job: Sendable {
    /// The whole request.
    var request: Request
    /// The connection that waits for the answer.
    let token: Token
    /// The way back to that connection's loop.
    let mailbox: Mailbox
    /// Until when it has to be started, in nanoseconds of the monotonic clock; kept from lane to
    /// lane.
    let deadline: UInt64
}

/// The bounded queue of one lane, with the threads that work on it.
final class WorkerPool: Sendable {
    private struct State {
        var queue: Queue<Place>
        var isStopped = false
    }

    /// A job in the queue, and how many were before it when it came.
    private struct Place {
        let job: Job
        let ahead: Int
    }

    /// The lane it serves.
    let lane: Lane
    /// How long a request may wait for a thread, in nanoseconds.
    let patience: UInt64
    private let configuration: ServerConfiguration.Workers
    private let state: Mutex<State>
    private let work: EventCounter

    /// A pool without threads.
    ///
    /// - Throws: When the process has no descriptor left.
    init(lane: Lane, _ configuration: ServerConfiguration.Workers) throws(SystemError) {
        self.lane = lane
        self.configuration = configuration
        patience = configuration.wait.nanoseconds
        state = Mutex(State(queue: Queue(capacity: configuration.queue)))
        work = try EventCounter(.semaphore)
    }

    /// The threads to start.
    var threads: Int { max(1, configuration.threads) }

    /// The nice value of the threads.
    var nice: Int32 { configuration.nice }

    /// How many jobs wait for a thread.
    var queued: Int { state.withLock { $0.queue.count } }

    /// Whether a job that came now might not be started in time.
    ///
    /// - Parameter now: Nanoseconds of the monotonic clock.
    /// - Returns: Whether no more fit into the queue, or the first in it has waited for more than
    ///   half of its time.
    func isOverloaded(at now: UInt64) -> Bool {
        state.withLock { state in
            state.queue.isFull
                || state.queue.first.map { $0.job.deadline < now + patience / 2 } ?? false
        }
    }

    /// Queues a job.
    ///
    /// - Returns: False when the queue is full, or too slow for the job, or the pool has stopped.
    func submit(_ job: Job) -> Bool {
        let isQueued = state.withLock { state in
            guard !state.isStopped, isInTime(job, behind: state.queue) else { return false }
            return state.queue.append(Place(job: job, ahead: state.queue.count))
        }
        if isQueued { work.add() }
        return isQueued
    }

    /// Waits for a job; nil when the pool has stopped.
    func next() -> Job? {
        while true {
            work.take()
            let (job, isStopped) = state.withLock { state in
                (state.isStopped ? nil : state.queue.popFirst()?.job, state.isStopped)
            }
            if job != nil || isStopped { return job }
        }
    }

    /// Whether a job would be started in time, as far as the one can tell that waits longest.
    ///
    /// While that one waited, all who were before it were taken. The newcomer has everybody before
    /// it who is queued, and then as many as there are threads, which wait for a turn themselves.
    private func isInTime(_ job: Job, behind queue: Queue<Place>) -> Bool {
        guard configuration.refusesEarly, let first = queue.first,
            first.job.deadline < job.deadline
        else { return true }
        let waited = min(job.deadline - first.job.deadline, patience)
        let pace = waited / UInt64(first.ahead + threads)
        return pace * UInt64(queue.count + 2 * threads) <= patience
    }

    /// Lets every thread end after the job it is at; jobs still queued are dropped.
    func stop() {
        state.withLock { $0.isStopped = true }
        work.add(UInt64(threads))
    }
}

/// The lanes that have threads of their own.
final class Lanes: Sendable {
    /// The lane that may wait for the database.
    let store: WorkerPool
    /// The lane that may wait to derive a key from a password.
    let hashing: WorkerPool

    /// Both lanes, without threads.
    ///
    /// - Throws: When the process has no descriptor left.
    init(_ configuration: ServerConfiguration) throws(SystemError) {
        store = try WorkerPool(lane: .store, configuration.store)
        hashing = try WorkerPool(lane: .hashing, configuration.hashing)
    }

    /// The pool of a lane; the loops have none.
    subscript(lane: Lane) -> WorkerPool? {
        switch lane {
        case .loop: nil
        case .store: store
        case .hashing: hashing
        }
    }

    /// Lets the threads of both lanes end, each after the job it is at.
    func stop() {
        store.stop()
        hashing.stop()
    }

    /// Works on a lane until its pool is stopped.
    ///
    /// - Parameters:
    ///   - pool: The lane's pool.
    ///   - makeResponder: Makes this thread's own, with the first job: most threads of a server at
    ///     rest never have one.
    ///   - clock: Nanoseconds of the monotonic clock.
    func work(
        on pool: WorkerPool, with makeResponder: () -> any Responder, clock: () -> UInt64
    ) {
        var made: (any Responder)?
        while var job = pool.next() {
            let responder = made ?? makeResponder()
            made = responder
            serve(&job, on: pool, with: responder, clock: clock)
        }
    }

    /// Does one job: answers it, or hands it on to another lane.
    ///
    /// - Parameters:
    ///   - job: What was taken from the pool; a body with a password in it is wiped.
    ///   - pool: The lane's pool.
    ///   - responder: This thread's own.
    ///   - clock: Nanoseconds of the monotonic clock.
    func serve(
        _ job: inout Job, on pool: WorkerPool, with responder: any Responder, clock: () -> UInt64
    ) {
        guard let response = answer(job, on: pool, with: responder, clock: clock) else { return }
        // Nobody else holds it any more.
        if pool.lane == .hashing { Secrecy.wipe(&job.request.body) }
        job.mailbox.post(.answer(response, job.token))
    }

    private func answer(
        _ job: Job, on pool: WorkerPool, with responder: any Responder, clock: () -> UInt64
    ) -> Response? {
        guard clock() <= job.deadline else {
            return responder.refuse(.waitedTooLong, request: job.request)
        }
        switch responder.respond(to: job.request, on: pool.lane) {
        case .answer(let response): return response
        case .forward(let lane):
            if lane != pool.lane, let other = self[lane], other.submit(job) { return nil }
        }
        return responder.refuse(.overloaded, request: job.request)
    }
}
