import Auth
import Crypto
import System
import TestSupport
import Testing

@testable import StoreSupport

struct JobQueueTests {
    private func write(_ event: EventWakeSignal) -> Job {
        .write(Write({ _ in () }, queuedAt: 0, result: WriteResult<Void>(on: event)))
    }

    private func setUp(_ event: EventWakeSignal) throws -> Job {
        let owner = Account(
            id: .random(), email: try #require(Email("owner@example.org")), name: "Owner",
            tier: .free, role: .owner, status: .active, createdAt: .start)
        let session = Session(
            id: .random(), tokenHash: SHA256.digest(Random.bytes(32)), accountID: owner.id,
            createdAt: .start, expiresAt: .start, methods: .password, authenticatedAt: .start)
        let hash = PasswordHash(
            iterations: 1_000, salt: Random.bytes(16), key: SHA256.digest(Random.bytes(32)))
        let setup = SetupJob(
            record: SetupRecord(), owner: owner, passwordHash: try #require(hash),
            session: session, client: .commandLine, work: { _ in })
        return .setUp(setup, WriteResult<Void>(on: event))
    }

    @Test func `a full queue refuses jobs`() throws {
        let (queue, event) = (JobQueue(arrival: try EventWakeSignal()), try EventWakeSignal())
        for _ in 0..<JobQueue.capacity { try queue.push(write(event)) }
        #expect(throws: AuthError.overloaded(retryAfter: 1)) { try queue.push(write(event)) }
        guard case .writes(let group) = queue.next(until: MonotonicClock.now()) else {
            Issue.record("no writes")
            return
        }
        #expect(group.count == JobQueue.groupLimit)
        try queue.push(write(event))
    }

    @Test func `setup is taken alone and in order`() throws {
        let (queue, event) = (JobQueue(arrival: try EventWakeSignal()), try EventWakeSignal())
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

    @Test func `a job whose waiter gave up is not started`() throws {
        let result = WriteResult<Int>(on: try EventWakeSignal())
        #expect(
            failure { () throws(AuthError) in _ = try result.wait(until: MonotonicClock.now()) }?
                .fault != nil)
        #expect(!result.begin())
        #expect(!result.isAwaited)
    }

    @Test func `the result of a job whose waiter gave up is dropped`() throws {
        let result = WriteResult<Int>(on: try EventWakeSignal())
        #expect(result.begin())
        #expect(result.isAwaited)
        #expect(
            failure { () throws(AuthError) in _ = try result.wait(until: MonotonicClock.now()) }?
                .fault != nil)
        result.finish(.success(1))
        #expect(
            failure { () throws(AuthError) in _ = try result.wait(until: MonotonicClock.now()) }?
                .fault != nil)
    }

    @Test func `a result in time is returned, also when the descriptor was signalled before`()
        throws
    {
        let event = try EventWakeSignal()
        let result = WriteResult<Int>(on: event)
        event.signal()
        let giver = try Thread {
            _ = result.begin()
            result.finish(.success(7))
        }
        #expect(
            try result.wait(until: MonotonicClock.now() + Duration.seconds(20).nanoseconds) == 7)
        giver.join()
        #expect(!result.begin())
    }
}
