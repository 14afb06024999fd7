import Auth
import System
import TestSupport
import Testing

@testable import SQLiteStore

struct QueueTests {
    private func write(_ event: WakeSignal) -> Job {
        .write(Write({ _ in () }, queuedAt: 0, answering: WriteResult<Void>(on: event)))
    }

    private func setUp(_ event: WakeSignal) throws -> Job {
        let owner = try Account.sample(role: .owner)
        let setup = Setup(
            record: .sample("main"), owner: owner, passwordHash: try .sample(),
            session: .sample(of: owner), client: .commandLine, work: { _ in })
        return .setUp(setup, WriteResult<Void>(on: event))
    }

    @Test func `a full queue refuses`() throws {
        let (queue, event) = (JobQueue(arrival: try WakeSignal()), try WakeSignal())
        for _ in 0..<JobQueue.capacity { try queue.push(write(event)) }
        #expect(throws: AuthError.overloaded(retryAfter: 1)) { try queue.push(write(event)) }
        guard case .writes(let group) = queue.next(until: MonotonicClock.now()) else {
            Issue.record("no writes")
            return
        }
        #expect(group.count == JobQueue.groupLimit)
        try queue.push(write(event))
    }

    @Test func `setup is taken alone and in its turn`() throws {
        let (queue, event) = (JobQueue(arrival: try WakeSignal()), try WakeSignal())
        for job in [write(event), write(event), try setUp(event), write(event)] {
            try queue.push(job)
        }
        queue.close()
        #expect(
            (0..<4).map { _ in kind(queue.next(until: MonotonicClock.now())) } == [
                "2", "setup", "1", "closed",
            ])
    }

    private func kind(_ batch: JobQueue.Batch) -> String {
        switch batch {
        case .writes(let group): "\(group.count)"
        case .setUp: "setup"
        case .reconfigure: "reconfigure"
        case .nothing: "nothing"
        case .closed: "closed"
        }
    }

    @Test func `a job whose waiter gave up is not begun`() throws {
        let answer = WriteResult<Int>(on: try WakeSignal())
        #expect(
            failure { () throws(AuthError) in _ = try answer.wait(until: MonotonicClock.now()) }?
                .fault != nil)
        #expect(!answer.begin())
        #expect(!answer.isAwaited)
    }

    @Test func `a job that was begun and given up is finished in silence`() throws {
        let answer = WriteResult<Int>(on: try WakeSignal())
        #expect(answer.begin())
        #expect(answer.isAwaited)
        #expect(
            failure { () throws(AuthError) in _ = try answer.wait(until: MonotonicClock.now()) }?
                .fault != nil)
        answer.give(.success(1))
        #expect(
            failure { () throws(AuthError) in _ = try answer.wait(until: MonotonicClock.now()) }?
                .fault != nil)
    }

    @Test func `an answer on time is given, also when the descriptor was signalled before`() throws
    {
        let event = try WakeSignal()
        let answer = WriteResult<Int>(on: event)
        event.ring()
        let giver = try Thread {
            _ = answer.begin()
            answer.give(.success(7))
        }
        #expect(
            try answer.wait(until: MonotonicClock.now() + Duration.seconds(20).nanoseconds) == 7)
        giver.join()
        #expect(!answer.begin())
    }
}
