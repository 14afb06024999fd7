import Testing

@testable import Server

@Suite struct DeadlinesTests {
    private let limits = TimeoutLimits(Timeouts())
    private let second: UInt64 = 1_000_000_000

    @Test func `waits of one kind expire in the order of their beginning`() {
        var deadlines = Deadlines()
        for slot in 0..<5 as Range<UInt32> { deadlines.set(slot, to: .idle, since: UInt64(slot)) }
        deadlines.set(2, to: .idle, since: 9)
        deadlines.set(0, to: nil, since: 9)
        deadlines.set(4, to: .head, since: 9)
        var order: [UInt32] = []
        while let (slot, wait) = deadlines.expired(at: 1_000 * second, limits) {
            if wait == .idle { order.append(slot) }
            deadlines.set(slot, to: nil, since: 0)
        }
        #expect(order == [1, 3, 2])
        #expect(deadlines.next(limits) == nil)
    }

    @Test func `the next deadline is the earliest of all kinds`() {
        var deadlines = Deadlines()
        deadlines.set(7, to: .idle, since: 0)
        deadlines.set(3, to: .linger, since: 5 * second)
        deadlines.set(1, to: .start, since: 0)
        #expect(deadlines.next(limits) == 7 * second)
        #expect(deadlines.expired(at: 7 * second - 1, limits) == nil)
        let (slot, wait) = deadlines.expired(at: 7 * second, limits) ?? (0, .idle)
        #expect(slot == 3)
        #expect(wait == .linger)
    }

    @Test func `the oldest of several kinds is the one that began first`() {
        var deadlines = Deadlines()
        deadlines.set(1, to: .idle, since: 3)
        deadlines.set(2, to: .head, since: 2)
        deadlines.set(3, to: .write, since: 1)
        #expect(deadlines.oldest(of: [.idle, .head])?.slot == 2)
        #expect(deadlines.oldest(of: [.idle, .body])?.slot == 1)
        #expect(deadlines.oldest(of: [.start, .body]) == nil)
    }

    @Test func `the minimum rate is checked after five seconds and then every second`() {
        var timeouts = Timeouts()
        #expect(limits[.head] == 5 * second && limits[.body] == 5 * second)
        #expect(limits[.headRate] == second && limits[.bodyRate] == second)
        #expect(limits[.start] == 10 * second)
        timeouts.head = .seconds(2)
        #expect(TimeoutLimits(timeouts)[.head] == 2 * second)
        #expect(TimeoutLimits(timeouts)[.start] == 2 * second)
    }

    @Test func `setting the same wait again changes nothing`() {
        var deadlines = Deadlines()
        deadlines.set(0, to: .idle, since: 1)
        deadlines.set(1, to: .idle, since: 2)
        deadlines.set(0, to: .idle, since: 1)
        #expect(deadlines.oldest(.idle)?.slot == 0)
    }

    @Test func `a restart moves all waits of a kind and keeps their order`() {
        var deadlines = Deadlines()
        deadlines.set(5, to: .idle, since: 1)
        deadlines.set(6, to: .idle, since: 2)
        deadlines.set(7, to: .body, since: 3)
        deadlines.restart(.idle, at: 100)
        #expect(deadlines.oldest(.idle)?.slot == 5)
        #expect(deadlines.oldest(.idle)?.since == 100)
        #expect(deadlines.oldest(.body)?.since == 3)
    }

    @Test func `shorter limits apply to waits that have begun`() {
        var deadlines = Deadlines()
        deadlines.set(0, to: .idle, since: 0)
        var timeouts = Timeouts()
        timeouts.idle = .seconds(1)
        #expect(deadlines.expired(at: 2 * second, limits) == nil)
        #expect(deadlines.expired(at: 2 * second, TimeoutLimits(timeouts))?.slot == 0)
    }
}

@Suite struct SlotTableTests {
    @Test func `a stale token finds nothing, even when its slot is used again`() {
        var table = SlotTable<String>()
        let first = table.reserve()
        table[first] = "first"
        table.remove(first)
        #expect(table[first] == nil)
        let second = table.reserve()
        table[second] = "second"
        #expect(second.slot == first.slot)
        #expect(second.generation != first.generation)
        #expect(table[first] == nil)
        table.remove(first)
        #expect(table[second] == "second")
        #expect(table.count == 1)
        #expect(Token(bits: second.bits) == second)
    }

    @Test func `a token from outside the table finds nothing`() {
        let table = SlotTable<String>()
        #expect(table[Token(slot: .max, generation: 1)] == nil)
        #expect(table[UInt32.max] == nil)
    }
}

@Suite struct QueueTests {
    @Test func `a queue keeps its order across its ring and refuses beyond its capacity`() {
        var queue = Queue<Int>(capacity: 20)
        var next = 0
        var expected = 0
        for _ in 0..<7 {
            while queue.append(next) { next += 1 }
            #expect(queue.count == 20)
            for _ in 0..<13 {
                #expect(queue.popFirst() == expected)
                expected += 1
            }
        }
        while let element = queue.popFirst() {
            #expect(element == expected)
            expected += 1
        }
        #expect(expected == next)
    }
}
