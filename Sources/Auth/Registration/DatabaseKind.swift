/// The kinds of databases that a server can store accounts in.
public enum DatabaseKind: Sendable, Equatable, CaseIterable {
    /// A file of this machine.
    case sqlite
    /// A database of a server, which several daemons may use.
    case postgreSQL

    /// What clients of setup call it.
    public var name: String {
        switch self {
        case .sqlite: "sqlite"
        case .postgreSQL: "postgres"
        }
    }

    /// What some call it.
    public var alias: String {
        switch self {
        case .sqlite: "better-sqlite3"
        case .postgreSQL: "postgresql"
        }
    }
}
