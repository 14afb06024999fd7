package import Auth
package import Crypto

/// A transaction of a store that has a queue of writes.
package protocol QueuedTransaction: Transaction {
    /// Writes one row that is never read, always the same: the database grows by one row at most.
    func probe() throws(AuthError)
}

/// What waits for the writer.
package enum Job: Sendable {
    /// A unit of work that may share a commit with others.
    case write(Write)
    /// First-run setup, which runs alone.
    case setUp(SetupJob, WriteResult<Void>)
    /// A change of what setup stored, which runs alone.
    case reconfigure(Reconfiguration)
}

/// A unit of work without the type of its value.
package struct Write: Sendable {
    /// When it was queued, in nanoseconds of the monotonic clock.
    package let queuedAt: UInt64
    /// Who and what it is for.
    package let cause: Cause
    /// Claims it; false when its caller gave up.
    package let begin: @Sendable () -> Bool
    /// Does the work; what it returns releases the caller, and is called once that is durable.
    package let perform: @Sendable (any QueuedTransaction) throws(AuthError) -> @Sendable () -> Void
    /// Releases the caller with an error.
    package let fail: @Sendable (AuthError) -> Void

    /// Ties work to its result.
    package init<Value: Sendable>(
        _ work: @escaping @Sendable (any QueuedTransaction) throws(AuthError) -> Value,
        for cause: Cause = .server, queuedAt: UInt64, result: WriteResult<Value>
    ) {
        self.cause = cause
        self.queuedAt = queuedAt
        begin = { result.begin() }
        perform = { (transaction) throws(AuthError) in
            let value = try work(transaction)
            return { result.finish(.success(value)) }
        }
        fail = { result.finish(.failure($0)) }
    }
}

/// A change of what setup stored, without the type of its value.
package struct Reconfiguration: Sendable {
    /// Who and what it is for.
    package let cause: Cause
    /// Claims it; false when its caller gave up.
    package let begin: @Sendable () -> Bool
    /// Does the work; what it returns releases the caller, and is called once that is durable.
    package let perform:
        @Sendable (any Transaction, inout SetupRecord) throws(AuthError) -> @Sendable () -> Void
    /// Releases the caller with an error.
    package let fail: @Sendable (AuthError) -> Void

    /// Ties work to its result.
    package init<Value: Sendable>(
        _ work:
            @escaping @Sendable (any Transaction, inout SetupRecord) throws(AuthError) -> Value,
        for cause: Cause = .server, result: WriteResult<Value>
    ) {
        self.cause = cause
        begin = { result.begin() }
        perform = { (transaction, record) throws(AuthError) in
            let value = try work(transaction, &record)
            return { result.finish(.success(value)) }
        }
        fail = { result.finish(.failure($0)) }
    }
}

/// What first-run setup decided, and the owner it makes.
package struct SetupJob: Sendable {
    /// Goes to `setup.json`.
    package let record: SetupRecord
    /// The first account with the role `owner`.
    package let owner: Account
    /// The hash of the owner's password.
    package let passwordHash: PasswordHash
    /// The owner's first session.
    package let session: Session
    /// Where the request came from.
    package let client: ClientContext
    /// Who and what it is for.
    package let cause: Cause
    /// Done in the same transaction.
    package let work: @Sendable (any Transaction) throws(AuthError) -> Void

    /// A setup from its parts.
    package init(
        record: SetupRecord, owner: Account, passwordHash: PasswordHash, session: Session,
        client: ClientContext, cause: Cause = .server,
        work: @escaping @Sendable (any Transaction) throws(AuthError) -> Void
    ) {
        self.record = record
        self.owner = owner
        self.passwordHash = passwordHash
        self.session = session
        self.client = client
        self.cause = cause
        self.work = work
    }
}
