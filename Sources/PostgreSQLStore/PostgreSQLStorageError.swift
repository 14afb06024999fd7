/// Why a PostgreSQL database cannot be used.
public struct PostgreSQLStorageError: Error, Equatable, CustomStringConvertible {
    /// What kind of remedy it needs.
    public enum Kind: Sendable, Equatable {
        /// No server accepted a connection, or none answered in time: that may pass by itself.
        case unreachable
        /// libpq is not installed.
        case libraryMissing
        /// The schema is older than this program, and migrations do not run by themselves.
        case pendingMigration
        /// Rows are where a copy is to be made.
        case occupied
        /// Daemons use a database that has to stay as it is.
        case inUse
        /// The database is of something else, of a later version, or refuses.
        case unusable
    }

    /// What kind of remedy it needs.
    public let kind: Kind
    /// Which database, what is wrong with it, and what to do about it; holds no password.
    public let description: String

    init(_ address: DatabaseAddress, _ reason: String, _ kind: Kind = .unusable) {
        self.kind = kind
        description = "\(address): \(reason)"
    }

    init(_ address: DatabaseAddress, _ error: SchemaError) {
        let kind: Kind =
            switch error {
            case .pending: .pendingMigration
            case .newer, .foreign: .unusable
            case .database(let error):
                switch error.kind {
                case .libraryMissing: .libraryMissing
                case .unreachable, .connectionLost, .timedOut, .poolExhausted, .closed:
                    .unreachable
                case .refused, .unreadable, .outcomeUnknown: .unusable
                }
            }
        self.init(address, error.description, kind)
    }
}
