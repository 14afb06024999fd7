import Auth
import Crypto

extension PostgreSQLStore {
    func events(
        _ query: EventQuery, before: UUID?, limit: Int
    ) throws(AuthError) -> [RecordedEvent] {
        try read { (database) throws(PostgreSQLError) in
            try database.events(query, before: before, limit: limit)
        }
    }

    func linkedEvents(after number: Int64, limit: Int) throws(AuthError) -> [RecordedEvent] {
        try read { (database) throws(PostgreSQLError) in
            try database.linkedEvents(after: number, limit: limit)
        }
    }

    func unlinkedEvents(limit: Int) throws(AuthError) -> [RecordedEvent] {
        try read { (database) throws(PostgreSQLError) in
            try database.unlinkedEvents(limit: limit)
        }
    }

    func unlinkedEventCount(upTo limit: Int) throws(AuthError) -> Int {
        try read { (database) throws(PostgreSQLError) in
            try database.unlinkedEventCount(upTo: limit)
        }
    }

    func lastCheckpoint() throws(AuthError) -> SignedCheckpoint? {
        try read { (database) throws(PostgreSQLError) in try database.lastCheckpoint() }
    }

    func chainHead() throws(AuthError) -> ChainHead? {
        try read { (database) throws(PostgreSQLError) in try database.chainHead() }
    }

    func auditKeys() throws(AuthError) -> WrappedAuditKeys? {
        try read { (database) throws(PostgreSQLError) in try database.auditKeys() }
    }

    func checkpoints(after number: Int64, limit: Int) throws(AuthError) -> [SignedCheckpoint] {
        try read { (database) throws(PostgreSQLError) in
            try database.checkpoints(after: number, limit: limit)
        }
    }
}
