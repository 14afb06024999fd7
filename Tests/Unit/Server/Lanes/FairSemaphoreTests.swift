import HTTP
import System
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
        let gate = FairSemaphore(permits: 1)
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
        let gate = FairSemaphore(permits: 1)
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
        let gate = FairSemaphore(permits: 1) { time.load(ordering: .relaxed) }
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
        let gate = FairSemaphore(permits: 1) { time.load(ordering: .relaxed) }
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
        let gate = FairSemaphore(permits: 1) { time.load(ordering: .relaxed) }
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
        let gate = FairSemaphore(permits: 2)
        let value = try gate.withPermit(within: .zero) {
            Result { () throws(GateError) in
                try gate.withPermit(within: .zero) { gate.running }
            }
        }
        #expect(try value.get() == 2)
    }
}
