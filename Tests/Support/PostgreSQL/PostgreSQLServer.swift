import Glibc
import Synchronization
import System

/// The PostgreSQL server of this test process, with a Unix socket as its only address.
///
/// It ends with the process, however that ends: `serve` reads a pipe whose other end only this process has.
public final class PostgreSQLServer: Sendable {
    /// The directory with the programs of the newest installed server; nil where none is installed.
    ///
    /// `LUNAUTH_POSTGRESQL` names another one.
    public static let programs: String? = {
        let installed = "/usr/lib/postgresql"
        let named = getenv("LUNAUTH_POSTGRESQL").map { String(cString: $0) }
        let versions = ((try? Directory.names(in: installed)) ?? []).compactMap { Int($0) }
        return ([named] + versions.sorted(by: >).map { "\(installed)/\($0)/bin" })
            .compactMap(\.self).first { access("\($0)/initdb", X_OK) == 0 }
    }()

    /// Whether tests run on PostgreSQL.
    public static var isInstalled: Bool { programs != nil }

    private static let started = Result { try PostgreSQLServer() }

    /// The server, which starts when it is first asked for.
    ///
    /// - Throws: `PostgreSQLFailure` when it does not start.
    public static func shared() throws -> PostgreSQLServer { try started.get() }

    /// The user of all databases, a superuser without a password.
    public static let user = "lunauth"

    /// The directory of its socket.
    public let directory: String
    private let programs: String
    private let serve: Command
    private let names = Mutex((last: 0, past: [String]()))

    private init() throws {
        guard let programs = Self.programs else { throw PostgreSQLFailure("it is not installed") }
        self.programs = programs
        serve = try Command([
            "\(#filePath.dropLast("PostgreSQLServer.swift".count))serve", programs,
        ])
        directory = serve.line(within: 120)
        guard directory.hasPrefix("/") else {
            throw PostgreSQLFailure("the server did not start: \(directory)")
        }
    }

    /// Makes a database, which is dropped when the last reference to it is gone.
    ///
    /// - Parameter template: The database that it is a copy of; no connection to it may be open. An empty one
    ///   by default.
    /// - Returns: The database.
    /// - Throws: `PostgreSQLFailure`.
    public func makeDatabase(from template: PostgreSQLDatabase? = nil) throws -> PostgreSQLDatabase
    {
        let (name, past) = names.withLock { names in
            defer { names.past = [] }
            names.last += 1
            return ("test\(names.last)", names.past)
        }
        // Those of tests that ended are dropped along with it: a client costs more than a statement.
        let statements =
            past.map { "DROP DATABASE \($0) WITH (FORCE)" } + [
                """
                CREATE DATABASE \(name) TEMPLATE \(template?.name ?? "template0") STRATEGY file_copy
                """
            ]
        try execute(statements, in: "postgres")
        return PostgreSQLDatabase(name, on: self)
    }

    /// Runs statements, each by itself, as a client that is not under test.
    ///
    /// - Parameters:
    ///   - statements: SQL.
    ///   - database: Its name.
    /// - Returns: The rows of all, a line each, with columns separated by `|`.
    /// - Throws: `PostgreSQLFailure` with what the server said of the first that fails.
    @discardableResult
    func execute(_ statements: [String], in database: String) throws -> String {
        let client = try Command(
            [
                "\(programs)/psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", directory, "-U",
                Self.user, "-d", database,
            ] + statements.flatMap { ["-c", $0] })
        let (isSuccess, output) = client.end(within: 60)
        guard isSuccess else { throw PostgreSQLFailure(output) }
        return output.hasSuffix("\n") ? String(output.dropLast()) : output
    }

    /// Notes that a database is not needed any more.
    fileprivate func discard(_ name: String) { names.withLock { $0.past.append(name) } }
}

/// A database of one test.
public final class PostgreSQLDatabase: Sendable {
    /// Its name.
    public let name: String
    /// Its server.
    public let server: PostgreSQLServer

    fileprivate init(_ name: String, on server: PostgreSQLServer) {
        self.name = name
        self.server = server
    }

    deinit {
        server.discard(name)
    }

    /// Where it is found, for the `database` of the configuration.
    public var address: String {
        "postgres://\(PostgreSQLServer.user)@/\(name)?host=\(server.directory)"
    }

    /// Runs statements, each by itself, as a client that is not under test.
    ///
    /// - Parameter statements: SQL.
    /// - Returns: The rows of all, a line each, with columns separated by `|`.
    /// - Throws: `PostgreSQLFailure` with what the server said of the first that fails.
    @discardableResult
    public func execute(_ statements: String...) throws -> String {
        try server.execute(statements, in: name)
    }

    /// Accepts connections again; or accepts none, and ends those that there are.
    ///
    /// - Throws: `PostgreSQLFailure`.
    public func setReachable(_ isReachable: Bool) throws {
        try server.execute(
            [
                "ALTER DATABASE \(name) ALLOW_CONNECTIONS \(isReachable)",
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = '\(name)' AND NOT \(isReachable)
                """,
            ], in: "postgres")
    }
}

/// Why a test has no database, or what a statement of the test itself was refused for.
public struct PostgreSQLFailure: Error, CustomStringConvertible {
    /// What was said.
    public let description: String

    init(_ description: String) { self.description = description }
}
