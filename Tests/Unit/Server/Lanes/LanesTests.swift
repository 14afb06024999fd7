import HTTP
import Testing

@testable import Server

@Suite struct LanesTests {
    private func pool() throws -> (Lanes, LoopQueue) {
        var configuration = ServerConfiguration(listen: [])
        configuration.store = .init(threads: 1, queue: 2)
        configuration.hashing = .init(threads: 1, queue: 1)
        return (try Lanes(configuration), try LoopQueue())
    }

    private func job(_ path: String, _ loopQueue: LoopQueue, deadline: UInt64) throws -> Job {
        var parser = HeadParser()
        let bytes = Array(get(path).utf8)
        let head = try #require(try parser.parse(bytes.span))
        let token = Token(slot: 1, generation: 1)
        let request = ForwardedRequest(head.request, lane: .store, wipesBody: false)
        return Job(forwarded: request, token: token, loopQueue: loopQueue, deadline: deadline)
    }

    private func statuses(_ loopQueue: LoopQueue) -> [Status] {
        loopQueue.take().compactMap { message in
            if case .response(let response, _) = message { response.status } else { nil }
        }
    }

    /// Runs the jobs that are queued on a lane on this thread.
    private func work(_ lanes: Lanes, _ pool: WorkerPool, jobs: Int, at now: UInt64) -> [String] {
        let responder = FakeResponder()
        var calls = 0
        lanes.work(
            on: pool, with: { responder },
            clock: {
                calls += 1
                if calls == jobs { pool.stop() }
                return now
            })
        return responder.answered
    }

    @Test func `a job that waited too long is refused instead of run`() throws {
        let (lanes, loopQueue) = try pool()
        try lanes.store.submit(try job("/store/late", loopQueue, deadline: 10))
        try lanes.store.submit(try job("/store/early", loopQueue, deadline: 11))
        #expect(work(lanes, lanes.store, jobs: 2, at: 11) == ["/store/early"])
        #expect(statuses(loopQueue) == [.serviceUnavailable, .ok])
    }

    @Test func `a full queue and a stopped pool accept no jobs`() throws {
        let (lanes, loopQueue) = try pool()
        let job = try job("/hashing", loopQueue, deadline: 10)
        try lanes.hashing.submit(job)
        #expect(throws: Refusal.overloaded(retryAfterSeconds: 1)) { try lanes.hashing.submit(job) }
        lanes.stop()
        #expect(throws: Refusal.overloaded(retryAfterSeconds: 1)) { try lanes.store.submit(job) }
        #expect(lanes.hashing.next() == nil)
    }

    @Test func `a job that could not start in time at the current rate is refused at once`()
        throws
    {
        var workers = ServerConfiguration.Workers(threads: 1, wait: .seconds(10))
        workers.refusesEarly = true
        let pool = try WorkerPool(lane: .hashing, workers)
        let loopQueue = try LoopQueue()
        func submitted(after seconds: UInt64) throws -> Job {
            try job("/hashing", loopQueue, deadline: pool.maximumWait + seconds * 1_000_000_000)
        }
        try pool.submit(try submitted(after: 0))
        try pool.submit(try submitted(after: 3))
        // One place in four seconds, and two jobs ahead with two more: sixteen.
        #expect(throws: Refusal.overloaded(retryAfterSeconds: 16)) {
            try pool.submit(submitted(after: 4))
        }
        #expect(pool.queued == 2)
        // The first job has started: the rate is known better.
        #expect(pool.next() != nil)
        try pool.submit(try submitted(after: 4))
    }

    @Test func `a full queue reports when to try again`() throws {
        let pool = try WorkerPool(lane: .store, .init(threads: 2, queue: 3, wait: .seconds(10)))
        let loopQueue = try LoopQueue()
        func submitted(after milliseconds: UInt64) throws -> Job {
            try job("/store", loopQueue, deadline: pool.maximumWait + milliseconds * 1_000_000)
        }
        for _ in 1...3 { try pool.submit(try submitted(after: 0)) }
        #expect(throws: Refusal.overloaded(retryAfterSeconds: 1)) {
            try pool.submit(submitted(after: 0))
        }
        // Two threads have taken none of three in 2.1 s: 1.05 s each, and seven are before it.
        #expect(throws: Refusal.overloaded(retryAfterSeconds: 8)) {
            try pool.submit(submitted(after: 2_100))
        }
        // The estimate is limited by the longest wait of a job.
        #expect(pool.secondsToWait(at: 60_000_000_000) == 35)
    }

    @Test func `a job that waited too long is told when to try again`() throws {
        let (lanes, loopQueue) = try pool()
        let maximumWait = lanes.store.maximumWait
        for second in UInt64(0)...1 {
            try lanes.store.submit(
                try job("/store", loopQueue, deadline: maximumWait + second * 1_000_000_000))
        }
        let responder = FakeResponder()
        let late = try #require(lanes.store.next())
        lanes.serve(late, on: lanes.store, with: responder) { 2 * maximumWait + 1 }
        #expect(responder.refused == [.waitedTooLong(retryAfterSeconds: 8)])
    }

    @Test func `a job forwarded between lanes keeps its deadline`() throws {
        let (lanes, loopQueue) = try pool()
        try lanes.store.submit(try job("/both", loopQueue, deadline: 10))
        #expect(work(lanes, lanes.store, jobs: 1, at: 5).isEmpty)
        #expect(statuses(loopQueue).isEmpty)
        #expect(work(lanes, lanes.hashing, jobs: 1, at: 11).isEmpty)
        #expect(statuses(loopQueue) == [.serviceUnavailable])
    }

    @Test func `a job whose next lane is full is refused`() throws {
        let (lanes, loopQueue) = try pool()
        try lanes.hashing.submit(try job("/hashing", loopQueue, deadline: 10))
        try lanes.store.submit(try job("/both", loopQueue, deadline: 10))
        #expect(work(lanes, lanes.store, jobs: 1, at: 5).isEmpty)
        #expect(statuses(loopQueue) == [.serviceUnavailable])
    }
}
