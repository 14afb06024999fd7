import Glibc
public import System

/// A new directory, removed with its files when the last reference to it is gone.
public final class TemporaryDirectory: Sendable {
    /// Its absolute path.
    public let path: String

    /// Makes the directory, in memory where the machine has a file system there: no test measures
    /// what a disk takes for a flush.
    ///
    /// - Throws: When it cannot be made.
    public init() throws(SystemError) {
        let parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
        var template = Array("\(parent)/lunauth-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemError("mkdtemp", code: errno) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        for name in (try? names()) ?? [] where remove("\(path)/\(name)") != 0 { continue }
        rmdir(path)
    }

    /// The names of its files, in their order.
    ///
    /// - Throws: When it cannot be opened.
    public func names() throws(SystemError) -> [String] {
        try Directory.names(in: path).filter { $0 != "." && $0 != ".." }.sorted()
    }
}
