import Auth
import Testing

@testable import lunauth

@Suite struct RetryScheduleTests {
    private let start = Timestamp(milliseconds: 1_700_000_000_000)

    @Test(
        arguments: [
            (0, 5), (1, 5), (2, 30), (3, 60), (4, 300), (8, 7_200), (9, 7_200), (Int.max, 7_200),
        ] as [(Int, Int64)])
    func `the delay between attempts grows`(attempts: Int, seconds: Int64) {
        let next = RetrySchedule.next(after: attempts, of: start, now: start)
        #expect(next == start.adding(seconds: seconds))
    }

    @Test func `a mail is given up after three days`() {
        let last = start.adding(seconds: 3 * 86_400 - 7_200)
        #expect(
            RetrySchedule.next(after: 40, of: start, now: last)
                == start.adding(seconds: 3 * 86_400))
        let later = Timestamp(milliseconds: last.milliseconds + 1)
        #expect(RetrySchedule.next(after: 40, of: start, now: later) == nil)
    }
}
