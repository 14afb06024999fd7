import FoundationEssentials
import Glibc
import Synchronization

/// A directory of its own for one server: its working directory, with `data` in it.
///
/// Removed with this value.
final class Home: Sendable {
    /// Its absolute path.
    let path: String
    private let streams = Mutex(0)

    /// Makes an empty one.
    ///
    /// - Throws: When there is no room for it.
    init() throws {
        var template = Array("/tmp/lunauth-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw HarnessError("mkdtemp: error \(errno)") }
        path = String(decoding: template.prefix { $0 != 0 }.map { UInt8($0) }, as: UTF8.self)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The content of a file; nil when it is not there.
    func read(_ name: String) -> String? {
        FileManager.default.contents(atPath: "\(path)/\(name)").map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    /// The bytes of a file; nil when it is not there.
    func bytes(_ name: String) -> [UInt8]? {
        FileManager.default.contents(atPath: "\(path)/\(name)").map { Array($0) }
    }

    /// Writes a file, and makes the directory it is in.
    func write(_ name: String, _ text: String, mode: mode_t = 0o600) throws {
        let file = "\(path)/\(name)"
        mkdir(String(file[..<(file.lastIndex(of: "/") ?? file.endIndex)]), 0o700)
        try Data(text.utf8).write(to: URL(filePath: file))
        chmod(file, mode)
    }

    /// The names of what is in a directory.
    ///
    /// - Throws: When there is no such directory.
    func names(_ directory: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(directory)")
    }

    /// Whether there is something of this name, of whatever kind.
    func has(_ name: String) -> Bool { mode(of: name) != nil }

    /// Kind and permissions; nil when it is not there.
    func mode(of name: String) -> mode_t? {
        var status = stat()
        return lstat("\(path)/\(name)", &status) == 0 ? status.st_mode : nil
    }

    /// Moves a file.
    func move(_ name: String, to other: String) throws {
        try FileManager.default.moveItem(atPath: "\(path)/\(name)", toPath: "\(path)/\(other)")
    }

    /// Removes a file, if it is there.
    func remove(_ name: String) {
        unlink("\(path)/\(name)")
    }

    /// The name of a file that is not there yet.
    func newName(_ purpose: String) -> String {
        "\(purpose)-\(streams.withLock { $0 += 1; return $0 })"
    }
}
