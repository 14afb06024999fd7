import Glibc

/// A process that locks the database of a server.
final class DatabaseLock {
    private let process: ChildProcess
    private let files: Home

    /// Takes the lock.
    init(in home: Home) throws {
        let files = try Home()
        self.files = files
        process = try Python.start(
            """
            base = sqlite3.connect(given["path"], timeout=10, isolation_level=None)
            base.execute("BEGIN EXCLUSIVE")
            print("held")
            time.sleep(120)
            """, given: ["path": "\(home.path)/data/lunauth.db"], in: files)
        try Waiting.until("the lock") { files.read("output") == "held\n" }
    }

    /// Releases the lock.
    func release() throws {
        process.send(SIGKILL)
        _ = try process.wait()
    }
}
