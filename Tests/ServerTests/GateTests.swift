import HTTP
import Linux
import Metrics
import Synchronization
import Testing

@testable import Server

@Suite struct GateTests {
    /// Spins until a condition that another thread brings about holds.
    private func wait(until condition: () -> Bool) {
        let end = MonotonicClock.now() + 20_000_000_000
        while !condition(), MonotonicClock.now() < end {}
    }

    @Test func `waiting threads get their turn in the order of their arrival`() throws {
        let gate = Gate(permits: 1)
        let door = try Door()
        let order = Mutex<[Int]>([])
        let threads = try ThreadGroup()
        for number in 0..<4 {
            try threads.spawn(stackBytes: 1 << 19) {
                let result = Result { () throws(GateError) in
                    try gate.withPermit(within: .seconds(20)) {
                        if number == 0 { door.pass() }
                        order.withLock { $0.append(number) }
                    }
                }
                if case .failure(let error) = result { Issue.record(error) }
            }
            if number == 0 { door.waitForSomebody() } else { wait { gate.waiting == number } }
        }
        #expect(gate.running == 1)
        #expect(gate.waiting == 3)
        door.open()
        #expect(threads.wait(until: MonotonicClock.now() + 20_000_000_000))
        #expect(order.withLock { $0 } == [0, 1, 2, 3])
        #expect(gate.running == 0)
        #expect(gate.waiting == 0)
    }

    @Test func `who does not get a turn in time leaves the queue`() throws {
        let gate = Gate(permits: 1)
        _ = try gate.withPermit(within: .zero) {
            #expect(throws: GateError.overloaded(retryAfterSeconds: 1)) {
                try gate.withPermit(within: .milliseconds(1)) {}
            }
            #expect(gate.waiting == 0)
            #expect(gate.running == 1)
        }
        #expect(gate.running == 0)
    }

    @Test func `turns are counted by how long they took and were waited for`() throws {
        let time = Atomic<UInt64>(0)
        let gate = Gate(permits: 1) { time.load(ordering: .relaxed) }
        for milliseconds: UInt64 in [1, 40, 40] {
            try gate.withPermit(within: .seconds(1)) {
                _ = time.add(milliseconds * 1_000_000, ordering: .relaxed)
            }
        }
        #expect(gate.holdingTimes.count == 3)
        #expect(gate.holdingTimes.sum == 81_000_000)
        #expect(gate.waitingTimes.count == 3)
        #expect(gate.waitingTimes.sum == 0)
    }

    @Test func `a gate is overloaded while somebody would wait for too long`() throws {
        let time = Atomic<UInt64>(0)
        let gate = Gate(permits: 1) { time.load(ordering: .relaxed) }
        try gate.withPermit(within: .zero) {
            #expect(!gate.isOverloaded(within: .seconds(5)), "nobody knows yet how long it takes")
            time.store(6_000_000_000, ordering: .relaxed)
        }
        #expect(!gate.isOverloaded(within: .seconds(5)), "a permit is free")
        try gate.withPermit(within: .zero) {
            #expect(gate.isOverloaded(within: .seconds(5)))
            #expect(!gate.isOverloaded(within: .seconds(6)))
        }
    }

    @Test func `a wait that would be too long is refused at once, with an honest time`() throws {
        let time = Atomic<UInt64>(0)
        let gate = Gate(permits: 1) { time.load(ordering: .relaxed) }
        try gate.withPermit(within: .zero) {
            time.store(30_000_000_000, ordering: .relaxed)
        }
        _ = try gate.withPermit(within: .zero) {
            #expect(throws: GateError.overloaded(retryAfterSeconds: 30)) {
                try gate.withPermit(within: .seconds(29)) {}
            }
        }
    }

    @Test func `as many threads as there are permits are inside at one time`() throws {
        let gate = Gate(permits: 2)
        let value = try gate.withPermit(within: .zero) {
            Result { () throws(GateError) in
                try gate.withPermit(within: .zero) { gate.running }
            }
        }
        #expect(try value.get() == 2)
    }
}

@Suite struct LanesTests {
    private func pool() throws -> (Lanes, Mailbox) {
        var configuration = ServerConfiguration(listen: [])
        configuration.store = .init(threads: 1, queue: 2)
        configuration.hashing = .init(threads: 1, queue: 1)
        return (try Lanes(configuration), try Mailbox())
    }

    private func job(_ path: String, _ mailbox: Mailbox, deadline: UInt64) throws -> Job {
        var parser = HeadParser()
        let bytes = Array(get(path).utf8)
        let head = try #require(try parser.parse(bytes.span))
        let token = Token(slot: 1, generation: 1)
        return Job(request: head.request, token: token, mailbox: mailbox, deadline: deadline)
    }

    private func statuses(_ mailbox: Mailbox) -> [Status] {
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
        #expect(lanes.store.submit(try job("/store/late", mailbox, deadline: 10)))
        #expect(lanes.store.submit(try job("/store/early", mailbox, deadline: 11)))
        #expect(work(lanes, lanes.store, jobs: 2, at: 11) == ["/store/early"])
        #expect(statuses(mailbox) == [.serviceUnavailable, .ok])
    }

    @Test func `a full queue takes nothing, nor does a stopped pool`() throws {
        let (lanes, mailbox) = try pool()
        let job = try job("/hashing", mailbox, deadline: 10)
        #expect(lanes.hashing.submit(job))
        #expect(!lanes.hashing.submit(job))
        lanes.stop()
        #expect(!lanes.store.submit(job))
        #expect(lanes.hashing.next() == nil)
    }

    @Test func `who would not be started in time at the pace of the others is refused at once`()
        throws
    {
        var workers = ServerConfiguration.Workers(threads: 1, wait: .seconds(10))
        workers.refusesEarly = true
        let pool = try WorkerPool(lane: .hashing, workers)
        let mailbox = try Mailbox()
        func comes(after seconds: UInt64) throws -> Job {
            try job("/hashing", mailbox, deadline: pool.patience + seconds * 1_000_000_000)
        }
        #expect(pool.submit(try comes(after: 0)))
        #expect(pool.submit(try comes(after: 3)))
        #expect(!pool.submit(try comes(after: 4)))
        #expect(pool.queued == 2)
        // The first is taken: the pace is known better.
        #expect(pool.next() != nil)
        #expect(pool.submit(try comes(after: 4)))
    }

    @Test func `a job goes from lane to lane and keeps its deadline`() throws {
        let (lanes, mailbox) = try pool()
        #expect(lanes.store.submit(try job("/both", mailbox, deadline: 10)))
        #expect(work(lanes, lanes.store, jobs: 1, at: 5).isEmpty)
        #expect(statuses(mailbox).isEmpty)
        #expect(work(lanes, lanes.hashing, jobs: 1, at: 11).isEmpty)
        #expect(statuses(mailbox) == [.serviceUnavailable])
    }

    @Test func `a job whose next lane is full is refused`() throws {
        let (lanes, mailbox) = try pool()
        #expect(lanes.hashing.submit(try job("/hashing", mailbox, deadline: 10)))
        #expect(lanes.store.submit(try job("/both", mailbox, deadline: 10)))
        #expect(work(lanes, lanes.store, jobs: 1, at: 5).isEmpty)
        #expect(statuses(mailbox) == [.serviceUnavailable])
    }
}
