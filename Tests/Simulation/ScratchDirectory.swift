import Glibc
import Testing

/// A new directory, in memory if possible, removed with its files.
final class ScratchDirectory: Sendable {
    /// Its path.
    let path: String

    init() throws {
        let parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
        var template = Array("\(parent)/lunauth-simulation-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        for suffix in ["", "-wal", "-shm", "-journal"] { unlink("\(path)/main.db\(suffix)") }
        rmdir(path)
    }

    /// A directory with copies of the current files.
    func copy(_ names: [String]) throws -> ScratchDirectory {
        let copy = try ScratchDirectory()
        for name in names {
            guard let source = fopen("\(path)/\(name)", "r") else { continue }
            defer { fclose(source) }
            let target = try #require(fopen("\(copy.path)/\(name)", "w"))
            defer { fclose(target) }
            var bytes = [UInt8](repeating: 0, count: 65_536)
            while case let count = fread(&bytes, 1, bytes.count, source), count > 0 {
                try #require(fwrite(bytes, 1, count, target) == count)
            }
        }
        return copy
    }
}
