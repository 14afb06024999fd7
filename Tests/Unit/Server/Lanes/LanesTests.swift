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

    private func job(_ path: String, _ mailbox: LoopQueue, deadline: UInt64) throws -> Job {
        var parser = HeadParser()
        let bytes = Array(get(path).utf8)
        let head = try #require(try parser.parse(bytes.span))
        let token = Token(slot: 1, generation: 1)
        return Job(request: head.request, token: token, mailbox: mailbox, deadline: deadline)
    }

    private func statuses(_ mailbox: LoopQueue) -> [Status] {
        mailbox.take().compactMap { message in
            if case .answer(let response, _) = message { response.status } else { nil }
        }
    }

    /// Lets the jobs that are queued on a lane be worked on, on this thread.
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
        let (lanes, mailbox) = try pool()
        try lanes.store.submit(try job("/store/late", mailbox, deadline: 10))
        try lanes.store.submit(try job("/store/early", mailbox, deadline: 11))
        #expect(work(lanes, lanes.store, jobs: 2, at: 11) == ["/store/early"])
        #expect(statuses(mailbox) == [.serviceUnavailable, .ok])
    }

    @Test func `a full queue takes nothing, nor does a stopped pool`() throws {
        let (lanes, mailbox) = try pool()
        let job = try job("/hashing", mailbox, deadline: 10)
        try lanes.hashing.submit(job)
        #expect(throws: Refusal.overloaded(retryAfterSeconds: 1)) { try lanes.hashing.submit(job) }
        lanes.stop()
        #expect(throws: Refusal.overloaded(retryAfterSeconds: 1)) { try lanes.store.submit(job) }
        #expect(lanes.hashing.next() == nil)
    }

    @Test func `who would not be started in time at the pace of the others is refused at once`()
        throws
    {
        var workers = ServerConfiguration.Workers(threads: 1, wait: .seconds(10))
        workers.refusesEarly = true
        let pool = try WorkerPool(lane: .hashing, workers)
        let mailbox = try LoopQueue()
        func comes(after seconds: UInt64) throws -> Job {
            try job("/hashing", mailbox, deadline: pool.patience + seconds * 1_000_000_000)
        }
        try pool.submit(try comes(after: 0))
        try pool.submit(try comes(after: 3))
        // One place in four seconds, and two before it with two more: sixteen.
        #expect(throws: Refusal.overloaded(retryAfterSeconds: 16)) {
            try pool.submit(comes(after: 4))
        }
        #expect(pool.queued == 2)
        // The first is taken: the pace is known better.
        #expect(pool.next() != nil)
        try pool.submit(try comes(after: 4))
    }

    @Test func `a full queue says when there may be a place`() throws {
        let pool = try WorkerPool(lane: .store, .init(threads: 2, queue: 3, wait: .seconds(10)))
        let mailbox = try LoopQueue()
        func comes(after milliseconds: UInt64) throws -> Job {
            try job("/store", mailbox, deadline: pool.patience + milliseconds * 1_000_000)
        }
        for _ in 1...3 { try pool.submit(try comes(after: 0)) }
        #expect(throws: Refusal.overloaded(retryAfterSeconds: 1)) {
            try pool.submit(comes(after: 0))
        }
        // Two threads have taken none of three in 2.1 s: 1.05 s each, and seven are before it.
        #expect(throws: Refusal.overloaded(retryAfterSeconds: 8)) {
            try pool.submit(comes(after: 2_100))
        }
        // It cannot be told from longer than jobs wait.
        #expect(pool.secondsToWait(at: 60_000_000_000) == 35)
    }

    @Test func `who waited too long is told when there may be a place`() throws {
        let (lanes, mailbox) = try pool()
        let patience = lanes.store.patience
        for second in UInt64(0)...1 {
            try lanes.store.submit(
                try job("/store", mailbox, deadline: patience + second * 1_000_000_000))
        }
        let responder = FakeResponder()
        var late = try #require(lanes.store.next())
        lanes.serve(&late, on: lanes.store, with: responder) { 2 * patience + 1 }
        #expect(responder.refused == [.waitedTooLong(retryAfterSeconds: 8)])
    }

    @Test func `a job goes from lane to lane and keeps its deadline`() throws {
        let (lanes, mailbox) = try pool()
        try lanes.store.submit(try job("/both", mailbox, deadline: 10))
        #expect(work(lanes, lanes.store, jobs: 1, at: 5).isEmpty)
        #expect(statuses(mailbox).isEmpty)
        #expect(work(lanes, lanes.hashing, jobs: 1, at: 11).isEmpty)
        #expect(statuses(mailbox) == [.serviceUnavailable])
    }

    @Test func `a job whose next lane is full is refused`() throws {
        let (lanes, mailbox) = try pool()
        try lanes.hashing.submit(try job("/hashing", mailbox, deadline: 10))
        try lanes.store.submit(try job("/both", mailbox, deadline: 10))
        #expect(work(lanes, lanes.store, jobs: 1, at: 5).isEmpty)
        #expect(statuses(mailbox) == [.serviceUnavailable])
    }
}
