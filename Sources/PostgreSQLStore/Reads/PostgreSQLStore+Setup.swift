import Auth
import Crypto
import StoreSupport

/// What setup decides lives in the database, which all daemons have in common: there is no file, and the name of a
/// database is accepted and creates nothing.
extension PostgreSQLStore {
    func setUp(
        _ record: SetupRecord, owner: Account, passwordHash: PasswordHash, session: Session,
        from client: ClientContext,
        alongside work: @escaping @Sendable (any Transaction) throws(AuthError) -> Void
    ) throws(AuthError) {
        let encode = instance.configuration.encodeSetup
        try write(within: instance.configuration.writeSeconds) { (transaction) throws(AuthError) in
            if try transaction.owner() != nil { throw .alreadySetUp }
            try transaction.insert(owner, passwordHash: passwordHash)
            try transaction.insert(session, from: client)
            try transaction.saveRecord(encode(record))
            try work(transaction)
        }
    }

    func reconfigure<Value: Sendable>(
        _ work:
            @escaping @Sendable (any Transaction, inout SetupRecord) throws(AuthError) -> Value
    ) throws(AuthError) -> Value {
        let configuration = instance.configuration
        return try write(within: configuration.writeSeconds) { (transaction) throws(AuthError) in
            let stored = try transaction.record()
            var record = stored.flatMap(configuration.decodeSetup) ?? SetupRecord()
            let value = try work(transaction, &record)
            try transaction.saveRecord(configuration.encodeSetup(record))
            return value
        }
    }
}
