import CSQLite
import System

extension Database {
    /// Copies every page into another file, replacing what is there.
    ///
    /// In a transaction the copy is of its snapshot, whatever others write meanwhile, and they are not
    /// held up: only the log beside the file grows until the end.
    /// - Parameter other: A connection to the other file.
    /// - Throws: Any fault of SQLite, in either file.
    func copy(to other: Database) throws(SQLiteError) {
        guard let copy = unsafe sqlite3_backup_init(other.handle, "main", handle, "main") else {
            throw unsafe SQLiteError(of: other.handle)
        }
        let status = unsafe sqlite3_backup_step(copy, -1)
        unsafe sqlite3_backup_finish(copy)
        guard status == SQLITE_DONE else {
            throw SQLiteError(
                code: status, message: unsafe String(cString: sqlite3_errstr(status)))
        }
    }

    /// Does something that is given up when it takes too long.
    ///
    /// - Parameters:
    ///   - limit: How long it may take.
    ///   - body: Runs statements of this connection.
    /// - Returns: What it returns; nil when it was given up.
    /// - Throws: What it throws, and any fault of SQLite.
    func within<Value>(
        _ limit: Duration, _ body: () throws(SQLiteError) -> Value
    ) throws(SQLiteError) -> Value? {
        let deadline = MonotonicClock.now() + limit.nanoseconds
        return try unsafe withUnsafeBytes(of: deadline) {
            (bytes) throws(SQLiteError) -> Value? in
            unsafe sqlite3_progress_handler(
                handle, 10_000,
                { deadline in
                    guard let deadline = unsafe deadline else { return 0 }
                    return unsafe MonotonicClock.now() > deadline.load(as: UInt64.self) ? 1 : 0
                }, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
            defer { unsafe sqlite3_progress_handler(handle, 0, nil, nil) }
            do throws(SQLiteError) {
                return try body()
            } catch {
                guard error.primaryCode == SQLITE_INTERRUPT else { throw error }
                return nil
            }
        }
    }
}
