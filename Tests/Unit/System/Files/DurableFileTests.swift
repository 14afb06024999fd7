import System
import TestSupport
import Testing

/// Which calls reach the disk, and in which order: only a power failure would show a missing one.
struct DurableFileTests {
    @Test func `a small file is on the disk before it has its name, and the name after`() throws {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/file"
        let calls = try DiskCalls(in: directory.path) { try DurableFile.write([1], to: path) }
        #expect(calls.lines == ["sync file.tmp", "rename file.tmp file", "sync ."])
    }

    @Test func `what is removed stays removed`() throws {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/file"
        try DurableFile.write([1], to: path)
        let calls = try DiskCalls(in: directory.path) { try DurableFile.remove(path) }
        #expect(calls.lines == ["sync ."])
    }
}
