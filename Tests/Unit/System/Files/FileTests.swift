import Glibc
import System
import TestSupport
import Testing

struct FileTests {
    @Test(arguments: [0, 1, 100_000])
    func `a written file is read back, for its user alone`(count: Int) throws {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/secret.key"
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        try DurableFile.write([9, 9, 9], to: path)
        try DurableFile.write(bytes, to: path)
        #expect(try DurableFile.read(path, limit: count) == bytes)
        #expect(try directory.names() == ["secret.key"])
        var status = stat()
        #expect(lstat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test func `an absent file is nil and a large one an error`() throws {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/setup.json"
        #expect(try DurableFile.read(path, limit: 10) == nil)
        try DurableFile.write([UInt8](repeating: 1, count: 11), to: path)
        let error = #expect(throws: FileError.self) {
            try DurableFile.read(path, limit: 10)
        }
        #expect(error?.description.contains(path) == true)
    }

    @Test func `a FIFO is an error and is not waited for`() throws {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/setup.json"
        try #require(mkfifo(path, 0o600) == 0)
        let error = #expect(throws: FileError.self) {
            try DurableFile.read(path, limit: 10)
        }
        #expect(error?.description.contains(path) == true)
        #expect(error?.description.contains("not a regular file") == true)
    }

    @Test func `a write that fails leaves no temporary file and names the path`() throws {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/taken"
        mkdir(path, 0o700)
        let error = #expect(throws: FileError.self) { try DurableFile.write([1], to: path) }
        #expect(error?.description.contains(path) == true)
        #expect(try directory.names() == ["taken"])
        #expect(throws: FileError.self) {
            try DurableFile.write([1], to: "\(directory.path)/absent/file")
        }
    }

    @Test func `only old temporary files and their companions are removed`() throws {
        let directory = try TemporaryDirectory()
        let old = [
            "main.db.0123456789abcdef.tmp", "main.db.0123456789abcdef.tmp-journal",
            "notes.tmp", "main.db", "main.db.0123456789abcdeX.tmp", "0123456789abcdef.tmp",
        ]
        let fresh = "setup.json.0123456789abcdef.tmp"
        for name in old + [fresh] { try DurableFile.write([], to: "\(directory.path)/\(name)") }
        for name in old {
            var times = timeval(tv_sec: 1_000_000, tv_usec: 0)
            withUnsafePointer(to: &times) { time in
                let both = [time.pointee, time.pointee]
                _ = utimes("\(directory.path)/\(name)", both)
            }
        }
        TemporaryFile.removeStale(in: directory.path, with: ["-journal"])
        #expect(try directory.names() == (old.dropFirst(2) + [fresh]).sorted())
    }

    @Test func `a directory has one lock holder at a time`() throws {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/lock"
        do {
            let lock = try DirectoryLock(directory: directory.path, waitingSeconds: 0)
            #expect(throws: FileError.locked(path: path)) {
                _ = try DirectoryLock(directory: directory.path, waitingSeconds: 0)
            }
            _ = consume lock
        }
        _ = try DirectoryLock(directory: directory.path, waitingSeconds: 0)
        var status = stat()
        #expect(lstat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test func `a released lock is taken by the process that waits`() throws {
        let directory = try TemporaryDirectory()
        let gate = Checkpoint()
        let holder = try Thread {
            let lock = try? DirectoryLock(directory: directory.path, waitingSeconds: 0)
            gate.pass()
            _ = consume lock
        }
        gate.waitUntilReached()
        let opener = try Thread { gate.open() }
        _ = try DirectoryLock(directory: directory.path, waitingSeconds: 20)
        for thread in [holder, opener] { thread.join() }
    }
}
