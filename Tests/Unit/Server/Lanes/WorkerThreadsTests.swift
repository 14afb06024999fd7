import HTTP
import Synchronization
import System
import Testing

@testable import Server

/// Counts the threads that a pool starts; the test works in their place.
private final class Starts: Sendable {
    private let state = Mutex((count: 0, limit: Int.max))

    var count: Int { state.withLock { $0.count } }

    /// Lets no further thread start.
    func refuse() { state.withLock { $0.limit = $0.count } }

    func start() throws(SystemError) {
        let isStarted = state.withLock { state in
            guard state.count < state.limit else { return false }
            state.count += 1
            return true
        }
        guard isStarted else { throw SystemError("pthread_create", code: 11) }
    }
}

@Suite struct WorkerThreadsTests {
    private let pool: WorkerPool
    private let starts = Starts()

    init() throws {
        pool = try WorkerPool(lane: .store, .init(threads: 3))
        let starts = starts
        try pool.start { () throws(SystemError) in try starts.start() }
    }

    private func submit(_ count: Int = 1) throws {
        var parser = HeadParser()
        let head = try #require(try parser.parse(Array(get("/store").utf8).span))
        for _ in 0..<count {
            try pool.submit(
                Job(
                    forwarded: ForwardedRequest(head.request, lane: .store, wipesBody: false),
                    token: Token(slot: 0, generation: 1), loopQueue: try LoopQueue(),
                    deadline: .max))
        }
    }

    @Test func `one thread does what comes one after the other`() throws {
        #expect(starts.count == 1)
        for _ in 0..<10 {
            try submit()
            #expect(pool.next() != nil)
            pool.finish()
        }
        #expect(starts.count == 1)
    }

    @Test func `a job that finds all threads at work has another one started, up to the limit`()
        throws
    {
        try submit()
        #expect(pool.next() != nil)
        try submit()
        #expect(starts.count == 2, "the first is at work")
        #expect(pool.next() != nil)
        pool.finish()
        try submit()
        #expect(starts.count == 2, "one is idle again")
        try submit(10)
        #expect(starts.count == 3)
    }

    @Test func `without a further thread the jobs wait for those that are there`() throws {
        starts.refuse()
        try submit(2)
        #expect(starts.count == 1)
        #expect(pool.queued == 2)
        for _ in 0..<2 {
            #expect(pool.next() != nil)
            pool.finish()
        }
    }

    @Test func `a server that cannot start its first thread does not start`() throws {
        let other = try WorkerPool(lane: .store, .init(threads: 3))
        #expect(throws: SystemError.self) {
            try other.start { () throws(SystemError) in
                throw SystemError("pthread_create", code: 11)
            }
        }
    }

    @Test func `a stopped pool starts no thread`() throws {
        pool.stop()
        #expect(throws: Refusal.self) { try submit(2) }
        #expect(starts.count == 1)
    }
}
