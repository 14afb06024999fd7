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

    @Test func `an appended line is on the disk, and the name of a new file`() throws {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/file"
        let line = Array("one line\n".utf8)
        let calls = try DiskCalls(in: directory.path) { try DurableFile.append(line, to: path) }
        #expect(calls.lines == ["sync file", "sync ."])
        let second = try DiskCalls(in: directory.path) {
            try DurableFile.append(Array("two\n".utf8), to: path)
        }
        #expect(second.lines == ["sync file"])
        #expect(try DurableFile.read(path, limit: 100) == Array("one line\ntwo\n".utf8))
    }

    @Test func `a line that is there already is brought to the disk, too`() throws {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/file"
        for before in ["", "one\n"] {
            try DurableFile.write(Array("\(before)two\n".utf8), to: path)
            let calls = try DiskCalls(in: directory.path) {
                try DurableFile.append(Array("two\n".utf8), to: path)
            }
            #expect(calls.lines == (before.isEmpty ? ["sync file", "sync ."] : ["sync file"]))
            #expect(try DurableFile.read(path, limit: 100) == Array("\(before)two\n".utf8))
        }
    }

    @Test func `the last line is not appended again`() throws {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/file"
        for line in ["a\n", "a\n", "b\n", "b\n", "a\n"] {
            try DurableFile.append(Array(line.utf8), to: path)
        }
        #expect(try DurableFile.read(path, limit: 100) == Array("a\nb\na\n".utf8))
    }

    @Test func `a line that was cut off is ended before the next`() throws {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/file"
        try DurableFile.write(Array("whole\nha".utf8), to: path)
        try DurableFile.append(Array("next\n".utf8), to: path)
        #expect(try DurableFile.read(path, limit: 100) == Array("whole\nha\nnext\n".utf8))
    }

    @Test func `nothing is appended to what is no regular file`() throws {
        #expect(throws: FileError.self) { try DurableFile.append([10], to: "/dev/null") }
    }

    @Test func `what is removed stays removed`() throws {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/file"
        try DurableFile.write([1], to: path)
        let calls = try DiskCalls(in: directory.path) { try DurableFile.remove(path) }
        #expect(calls.lines == ["sync ."])
    }
}
