import HTTP
import System
import Metrics
import Synchronization
import Testing

@testable import Server

@Suite struct FairSemaphoreTests {
    /// Spins until a condition is met by another thread.
    private func wait(until condition: () -> Bool) {
        let end = MonotonicClock.now() + 20_000_000_000
        while !condition(), MonotonicClock.now() < end {}
    }

    @Test func `waiting threads get permits in the order of their arrival`() throws {
        let semaphore = FairSemaphore(permits: 1)
        let checkpoint = try Checkpoint()
        let order = Mutex<[Int]>([])
        let threads = try ThreadGroup()
        for number in 0..<4 {
            try threads.spawn(stackBytes: 1 << 19) {
                let result = Result { () throws(SemaphoreError) in
                    try semaphore.withPermit(within: .seconds(20)) {
                        if number == 0 { checkpoint.pass() }
                        order.withLock { $0.append(number) }
                    }
                }
                if case .failure(let error) = result { Issue.record(error) }
            }
            if number == 0 {
                checkpoint.waitForArrival()
            } else {
                wait { semaphore.waiting == number }
            }
        }
        #expect(semaphore.running == 1)
        #expect(semaphore.waiting == 3)
        checkpoint.open()
        #expect(threads.wait(until: MonotonicClock.now() + 20_000_000_000))
        #expect(order.withLock { $0 } == [0, 1, 2, 3])
        #expect(semaphore.running == 0)
        #expect(semaphore.waiting == 0)
    }

    @Test func `a thread that gets no permit in time leaves the queue`() throws {
        let semaphore = FairSemaphore(permits: 1)
        _ = try semaphore.withPermit(within: .zero) {
            #expect(throws: SemaphoreError.overloaded(retryAfterSeconds: 1)) {
                try semaphore.withPermit(within: .milliseconds(1)) {}
            }
            #expect(semaphore.waiting == 0)
            #expect(semaphore.running == 1)
        }
        #expect(semaphore.running == 0)
    }

    @Test func `waiting and holding times are measured`() throws {
        let time = Atomic<UInt64>(0)
        let semaphore = FairSemaphore(permits: 1) { time.load(ordering: .relaxed) }
        for milliseconds: UInt64 in [1, 40, 40] {
            try semaphore.withPermit(within: .seconds(1)) {
                _ = time.add(milliseconds * 1_000_000, ordering: .relaxed)
            }
        }
        #expect(semaphore.holdingTimes.count == 3)
        #expect(semaphore.holdingTimes.sum == 81_000_000)
        #expect(semaphore.waitingTimes.count == 3)
        #expect(semaphore.waitingTimes.sum == 0)
    }

    @Test func `a semaphore is overloaded while the expected wait is too long`() throws {
        let time = Atomic<UInt64>(0)
        let semaphore = FairSemaphore(permits: 1) { time.load(ordering: .relaxed) }
        try semaphore.withPermit(within: .zero) {
            #expect(!semaphore.isOverloaded(within: .seconds(5)), "no measurement yet")
            time.store(6_000_000_000, ordering: .relaxed)
        }
        #expect(!semaphore.isOverloaded(within: .seconds(5)), "a permit is free")
        try semaphore.withPermit(within: .zero) {
            #expect(semaphore.isOverloaded(within: .seconds(5)))
            #expect(!semaphore.isOverloaded(within: .seconds(6)))
        }
    }

    @Test func `a wait that would be too long is refused at once with the expected time`() throws {
        let time = Atomic<UInt64>(0)
        let semaphore = FairSemaphore(permits: 1) { time.load(ordering: .relaxed) }
        try semaphore.withPermit(within: .zero) {
            time.store(30_000_000_000, ordering: .relaxed)
        }
        _ = try semaphore.withPermit(within: .zero) {
            #expect(throws: SemaphoreError.overloaded(retryAfterSeconds: 30)) {
                try semaphore.withPermit(within: .seconds(29)) {}
            }
        }
    }

    @Test func `at most as many threads as permits run at one time`() throws {
        let semaphore = FairSemaphore(permits: 2)
        let value = try semaphore.withPermit(within: .zero) {
            Result { () throws(SemaphoreError) in
                try semaphore.withPermit(within: .zero) { semaphore.running }
            }
        }
        #expect(try value.get() == 2)
    }
}
