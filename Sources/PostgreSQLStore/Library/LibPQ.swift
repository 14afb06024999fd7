import CPostgreSQL
import Glibc

/// The functions of libpq, loaded when the first connection is opened.
///
/// A server on SQLite never loads them: libpq brings some twenty libraries with it.
enum LibPQ {
    /// The name that every libpq since PostgreSQL 8 is installed under.
    static let name = "libpq.so.5"

    /// The functions.
    ///
    /// - Returns: All functions that are used, each of them present.
    /// - Throws: `libraryMissing` when it is not installed, or older than PostgreSQL 14.
    static func functions() throws(PostgreSQLError) -> cpostgresql_functions {
        try loaded.get()
    }

    /// Loaded once, and for as long as the process runs.
    private static let loaded = load(name)

    /// Loads a library.
    ///
    /// - Parameter name: As for dlopen(3).
    /// - Returns: Its functions, or what keeps it from being used.
    static func load(_ name: String) -> Result<cpostgresql_functions, PostgreSQLError> {
        guard let library = unsafe dlopen(name, RTLD_NOW | RTLD_LOCAL) else {
            return .failure(.libraryMissing("\(name) cannot be loaded; install libpq5"))
        }
        let table = UnsafeMutablePointer<cpostgresql_functions>.allocate(capacity: 1)
        defer { unsafe table.deallocate() }
        if let missing = unsafe cpostgresql_load(library, table) {
            let function = unsafe String(cString: missing)
            return .failure(
                .libraryMissing(
                    "\(name) has no \(function); install that of PostgreSQL 14 or later"))
        }
        return unsafe .success(table.pointee)
    }
}
