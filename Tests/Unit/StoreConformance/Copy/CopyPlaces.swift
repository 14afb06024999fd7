import Auth
import PostgreSQLStore
import SQLiteStore
import StoreSupport
import TestSupport

/// A database in a directory of its own, to copy to and from.
final class CopyFile {
    /// Where it is.
    let path: String
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        path = "\(directory.path)/copied.db"
    }

    /// Makes it of a source.
    func fill(from source: any CopySource) throws {
        try SQLiteCopyTarget.make(at: path, writing: nil, now: .start) { target in
            _ = try StoreCopy(from: source, to: target).run()
        }
    }

    /// Opens it.
    func source() throws -> SQLiteCopySource { try SQLiteCopySource(path) }
}

/// A database of the server of the tests, to copy to and from.
final class CopyDatabase {
    /// How it is used.
    let configuration: PostgreSQLConfiguration
    /// The database.
    let database: PostgreSQLDatabase

    init() throws {
        database = try PostgreSQLServer.shared().makeDatabase()
        configuration = PostgreSQLConfiguration(
            address: try DatabaseAddress(parsing: database.address), password: nil,
            cacheBytes: 0, now: { .start },
            profile: { Array($0.name.utf8) }, encodeSetup: { _ in [] }, decodeSetup: { _ in nil })
    }

    /// Fills it from a source.
    func fill(from source: any CopySource) throws {
        _ = try PostgreSQLCopyTarget.fill(configuration) { target in
            target.record = Array("{}".utf8)
            return try StoreCopy(from: source, to: target).run()
        }
    }

    /// Reads it.
    func source(alone: Bool = false) throws -> PostgreSQLCopySource {
        try PostgreSQLCopySource(configuration, requiringToBeAlone: alone)
    }

    /// How many accounts there are.
    func accounts() throws -> String { try database.execute("SELECT count(*) FROM accounts") }
}

/// Everything that a source has.
func rows(of source: any CopySource) throws -> [String: [[StoredValue]]] {
    let all = SampleRows()
    _ = try StoreCopy(from: source, to: all).run()
    return all.rows
}
