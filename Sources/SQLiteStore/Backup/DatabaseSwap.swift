import Auth
import CSQLite
import Glibc
import System

/// Puts one database in the place of another, which stays beside it under a name with the time.
struct DatabaseSwap {
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
    /// The rename of the database is what does it, or that of `setup.json` when this names a database
    /// that was not in use: a crash leaves the old one in use or the new one.
    /// - Parameters:
    ///   - copy: Complete and on the disk.
    ///   - setup: As for `Restore`.
    /// - Returns: Where the old database is; nil when there was none.
    /// - Throws: `locked`, `io`. Everything is as it was then.
    func run(
        with copy: String, _ setup: Restore.SetupFile?
    ) throws(StorageError) -> String? {
        // While it is held, no process writes to the old database.
        let present = try hold()
        defer { withExtendedLifetime(present) {} }
        removeSecondNames()
        for kept in [path + suffix, setup.map { $0.path + suffix }].compactMap(\.self)
        where Path.exists(kept) { throw .exists(path: kept) }
        let isReplaced = Path.exists(path)
        let hasSetup = setup.map { Path.exists($0.path) } ?? true
        do throws(FileError) {
            try keep(path)
            // The log of a database that is too damaged for SQLite to move it in: it would be applied
            // to the new one.
            for companion in DatabaseFiles.companions where Path.exists(path + companion) {
                try DurableFile.rename(path + companion, to: path + suffix + companion)
            }
            try DurableFile.move(copy, to: path)
            if let setup {
                try keep(setup.path)
                try DurableFile.write(setup.content, to: setup.path)
            }
        } catch {
            undo(path, wasThere: isReplaced)
            for companion in DatabaseFiles.companions where Path.exists(path + suffix + companion) {
                try? DurableFile.rename(path + suffix + companion, to: path + companion)
            }
            if let setup { undo(setup.path, wasThere: hasSetup) }
            throw .file(error)
        }
        return isReplaced ? path + suffix : nil
    }

    /// Moves the log into the database and keeps everybody else away from it.
    ///
    /// - Returns: What holds it; nil when there is none that can be used.
    /// - Throws: `locked` when another process has it open.
    private func hold() throws(StorageError) -> Database? {
        // SQLite throws the log of what is none of its files away.
        guard isDatabase else { return nil }
        do throws(SQLiteError) {
            let present = try Database(path: path, for: .copying)
            guard try Schema.isOurs(present) else { return nil }
            try present.setJournal(.rollback)
            try present.execute("BEGIN EXCLUSIVE")
            // A log exists again when another process wrote in between.
            guard !Path.exists(path + "-wal") else {
                throw SQLiteError(code: SQLITE_BUSY, message: "")
            }
            return present
        } catch {
            guard error.primaryCode == SQLITE_BUSY || error.primaryCode == SQLITE_LOCKED else {
                return nil
            }
            throw .locked(path: path)
        }
    }

    /// Whether the file begins as each of SQLite's does.
    private var isDatabase: Bool {
        guard let file = try? FileDescriptor(opening: path, O_RDONLY) else { return false }
        var header = [UInt8](repeating: 0, count: 16)
        let count = unsafe pread(file.number, &header, header.count, 0)
        return count == header.count && header.elementsEqual("SQLite format 3\0".utf8)
    }

    /// Takes from the database the other names that restores which were killed have left it.
    private func removeSecondNames() {
        // Where the database is a link to one that was kept, that is the only one there is.
        var status = stat()
        guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return }
        let directory = Path.directory(of: path)
        for name in (try? Directory.names(in: directory)) ?? [] where name.contains(".replaced-") {
            let other = "\(directory)/\(name)"
            if FileIdentity(other) == FileIdentity(path) { unsafe unlink(other) }
        }
    }

    /// Gives a file, if it is there, the name under which it stays.
    private func keep(_ path: String) throws(FileError) {
        guard unsafe link(path, path + suffix) == 0 || errno == ENOENT else {
            throw .system("link", path + suffix, code: errno)
        }
    }

    /// Gives a file its name again, as far as that is possible; removes what came where none was.
    private func undo(_ path: String, wasThere: Bool) {
        guard wasThere else {
            unsafe unlink(path)
            return
        }
        try? DurableFile.rename(path + suffix, to: path)
        // When the file has both names, the rename changed nothing.
        unsafe unlink(path + suffix)
    }
}
