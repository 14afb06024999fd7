import Auth
import CSQLite
import Glibc

/// Puts one database in the place of another, which stays beside it under a name with the time.
struct Replacement {
    private static let journals = ["-wal", "-shm", "-journal"]

    private let path: String
    private let suffix: String

    /// A replacement that has not begun.
    ///
    /// - Parameters:
    ///   - path: The database.
    ///   - now: The present time.
    init(of path: String, at now: Timestamp) {
        self.path = path
        suffix = ".replaced-" + now.rfc3339.filter { $0 != "-" && $0 != ":" }
    }

    /// Does everything.
    ///
    /// The rename of the database is what does it: a crash before it leaves the old one in use, with at
    /// most the new `setup.json`. A start that finds that record without its database refuses.
    /// - Parameters:
    ///   - copy: Complete and on the disk.
    ///   - setup: As for `Restoration`.
    /// - Returns: Where the old database is; nil when there was none.
    /// - Throws: `locked`, `io`. Everything is as it was then, unless only the last flush failed.
    func run(
        with copy: String, _ setup: Restoration.SetupFile?
    ) throws(StorageError) -> String? {
        // For as long as it is held, nobody writes to what is given up.
        let present = try hold()
        defer { withExtendedLifetime(present) {} }
        let isReplaced = Opening.exists(path)
        do throws(StorageError) {
            try keep(path)
            if let setup {
                try keep(setup.path)
                try DurableFile.write(setup.content, to: setup.path)
            }
            // The log of a database that is too damaged for SQLite to move it in: it would be applied
            // to the new one.
            for journal in Self.journals where Opening.exists(path + journal) {
                try DurableFile.rename(path + journal, to: path + suffix + journal)
            }
            try DurableFile.rename(copy, to: path)
        } catch {
            undo(setup)
            throw error
        }
        try DurableFile.synchronizeDirectory(of: path)
        return isReplaced ? path + suffix : nil
    }

    /// Moves the log into the database and keeps everybody else away from it.
    ///
    /// - Returns: What holds it; nil when there is none that can be used.
    /// - Throws: `locked` when another process has it open.
    private func hold() throws(StorageError) -> Database? {
        guard Opening.size(of: path) ?? 0 > 0 else { return nil }
        do throws(SQLiteError) {
            let present = try Database(path: path, for: .copying)
            guard try Schema.isOurs(present) else { return nil }
            try present.execute("PRAGMA locking_mode=EXCLUSIVE")
            try present.setJournal(.rollback)
            try present.execute("BEGIN EXCLUSIVE")
            return present
        } catch {
            guard error.primaryCode == SQLITE_BUSY || error.primaryCode == SQLITE_LOCKED else {
                return nil
            }
            throw .locked(path: path)
        }
    }

    /// Gives a file, if it is there, the name under which it stays.
    private func keep(_ path: String) throws(StorageError) {
        guard unsafe link(path, path + suffix) == 0 || errno == ENOENT else {
            throw .system("link", path + suffix, code: errno)
        }
    }

    /// Gives everything its name again, as far as that is possible.
    private func undo(_ setup: Restoration.SetupFile?) {
        for journal in Self.journals where Opening.exists(path + suffix + journal) {
            try? DurableFile.rename(path + suffix + journal, to: path + journal)
        }
        unsafe unlink(path + suffix)
        guard let setup else { return }
        if Opening.exists(setup.path + suffix) {
            try? DurableFile.rename(setup.path + suffix, to: setup.path)
        } else {
            unsafe unlink(setup.path)
        }
    }
}
