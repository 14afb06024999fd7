import Glibc
import TestSupport
import Testing

/// The kind of database that the servers of these tests have.
enum TestStore {
    /// Whether it is PostgreSQL, as the variable `TEST_STORE` says.
    ///
    /// Then each home has a database of its own on the server of the tests.
    static let isPostgreSQL = getenv("TEST_STORE").map { String(cString: $0) } == "postgresql"

    /// A database for a home; nil for one in its files.
    ///
    /// - Throws: Where PostgreSQL is not installed.
    static func make() throws -> PostgreSQLDatabase? {
        isPostgreSQL ? try PostgreSQLServer.shared().makeDatabase() : nil
    }
}

extension Trait where Self == ConditionTrait {
    /// For tests that name a database, look into its file, or say what SQLite alone does.
    static var choosesDatabase: Self {
        .enabled(if: !TestStore.isPostgreSQL, "it chooses its database")
    }
}
