import Auth
import TestSupport
import Testing

@testable import PostgreSQLStore

struct PurgeTurnTests {
    private func turn(isRemoving: Bool = false) -> PurgeTurn {
        PurgeTurn(time: .start, beganAt: .start, isRemoving: isRemoving)
    }

    private func after(_ seconds: Int64) -> Timestamp { .start.adding(seconds: seconds) }

    @Test func `a purge begins an hour after the one before`() {
        var turn = turn()
        func proceeds(at time: Timestamp) -> Bool { turn.proceed(at: time) }
        #expect(!proceeds(at: after(PurgeTurn.interval - 1)))
        #expect(!turn.isUnderWay)
        #expect(proceeds(at: after(PurgeTurn.interval)))
        #expect(turn.isUnderWay && turn.time == after(PurgeTurn.interval))
        #expect(turn.beganAt == after(PurgeTurn.interval))
        turn.isRemoving = false
        #expect(turn.isUnderWay, "sessions are looked at, from the first")
        #expect(turn.position == .least)
    }

    @Test func `a purge that is under way goes on by its own time`() {
        var turn = turn(isRemoving: true)
        func proceeds(at time: Timestamp) -> Bool { turn.proceed(at: time) }
        #expect(proceeds(at: after(100_000)))
        #expect(turn.time == .start && turn.beganAt == .start)
    }

    @Test func `time follows a clock that jumped in steps, one an hour`() {
        var turn = turn()
        func proceeds(at time: Timestamp) -> Bool { turn.proceed(at: time) }
        let year: Int64 = 365 * 86_400
        for step in 1...3 as ClosedRange<Int64> {
            #expect(proceeds(at: after(year + step * PurgeTurn.interval)))
            #expect(turn.time == after(step * Purge.longestStep))
            turn.isRemoving = false
            turn.position = nil
            #expect(!proceeds(at: after(year + step * PurgeTurn.interval + 1)))
        }
    }

    @Test func `a clock that was set back does not end purges`() {
        var turn = PurgeTurn(time: .start, beganAt: after(1_000_000), isRemoving: false)
        func proceeds(at time: Timestamp) -> Bool { turn.proceed(at: time) }
        #expect(proceeds(at: after(10)))
        #expect(turn.beganAt == after(10) && turn.time == after(10))
    }

    @Test func `daemons whose clocks differ by seconds do not take turns`() {
        var turn = PurgeTurn(time: .start, beganAt: after(5), isRemoving: false)
        func proceeds(at time: Timestamp) -> Bool { turn.proceed(at: time) }
        #expect(!proceeds(at: .start))
    }
}
