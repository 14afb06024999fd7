import Auth
import Crypto

/// What waits for the writer.
enum Job: Sendable {
    /// A unit of work that may share a transaction with others.
    case write(Write)
    /// First-run setup, which runs alone.
    case setUp(Setup, WriteResult<Void>)
    /// A change of what setup stored, which runs alone.
    case reconfigure(Reconfiguration)
}

/// A change of what setup stored, without the type of its value.
struct Reconfiguration: Sendable {
    /// Claims it; false when nobody waits for it any more.
    let begin: @Sendable () -> Bool
    /// Does the work; what it returns releases the waiter and is called once that is durable.
    let perform:
        @Sendable (SQLiteTransaction, inout SetupRecord) throws(AuthError) -> @Sendable () -> Void
    /// Releases the waiter with an error.
    let fail: @Sendable (AuthError) -> Void

    /// Ties work to the answer that is waited for.
    init<Value: Sendable>(
        _ work:
            @escaping @Sendable (any Transaction, inout SetupRecord) throws(AuthError) -> Value,
        answering answer: WriteResult<Value>
    ) {
        begin = { answer.begin() }
        perform = { (transaction, record) throws(AuthError) in
            let value = try work(transaction, &record)
            return { answer.give(.success(value)) }
        }
        fail = { answer.give(.failure($0)) }
    }
}

/// A unit of work without the type of its value.
struct Write: Sendable {
    /// When it was queued, in nanoseconds of the monotonic clock.
    let queuedAt: UInt64
    /// Claims it; false when nobody waits for it any more.
    let begin: @Sendable () -> Bool
    /// Does the work; what it returns releases the waiter and is called once that is durable.
    let perform: @Sendable (SQLiteTransaction) throws(AuthError) -> @Sendable () -> Void
    /// Releases the waiter with an error.
    let fail: @Sendable (AuthError) -> Void

    /// Ties work to the answer that is waited for.
    init<Value: Sendable>(
        _ work: @escaping @Sendable (SQLiteTransaction) throws(AuthError) -> Value,
        queuedAt: UInt64, answering answer: WriteResult<Value>
    ) {
        self.queuedAt = queuedAt
        begin = { answer.begin() }
        perform = { (transaction) throws(AuthError) in
            let value = try work(transaction)
            return { answer.give(.success(value)) }
        }
        fail = { answer.give(.failure($0)) }
    }
}

/// What first-run setup decided and who will own the server.
struct Setup: Sendable {
    /// Goes to `setup.json`.
    let record: SetupRecord
    /// The first account with the role `owner`.
    let owner: Account
    /// How the owner's password is checked.
    let passwordHash: PasswordHash
    /// The owner's first session.
    let session: Session
    /// Where the request came from.
    let client: ClientContext
    /// Done beside, in the same transaction.
    let work: @Sendable (any Transaction) throws(AuthError) -> Void
}
