import FoundationEssentials
import Glibc
import Synchronization
import TestSupport

/// The directory of one server: its working directory, with `data` in it.
///
/// Removed with this value.
final class Home: Sendable {
    /// Its absolute path.
    let path: String
    /// The database of its server; nil for one in its files.
    private let database: PostgreSQLDatabase?
    private let streams = Mutex(0)

    /// Creates an empty directory.
    ///
    /// - Throws: When it cannot be created.
    init() throws {
        var template = Array("/tmp/lunauth-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw HarnessError("mkdtemp: error \(errno)") }
        path = String(decoding: template.prefix { $0 != 0 }.map { UInt8($0) }, as: UTF8.self)
        database = try TestStore.make()
    }

    /// All variables of a process in it.
    ///
    /// - Parameter settings: Override the defaults; nil removes one.
    /// - Returns: Those of the program, and where its database is.
    func environment(_ settings: [String: String?]) -> [String: String] {
        guard let database else { return Program.environment(settings) }
        return Program.environment(["LUNAUTH_DATABASE": database.address].merging(settings) { $1 })
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The content of a file; nil when it does not exist.
    func read(_ name: String) -> String? {
        FileManager.default.contents(atPath: "\(path)/\(name)").map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    /// The bytes of a file; nil when it does not exist.
    func bytes(_ name: String) -> [UInt8]? {
        FileManager.default.contents(atPath: "\(path)/\(name)").map { Array($0) }
    }

    /// Writes a file, and creates its directory.
    func write(_ name: String, _ text: String, mode: mode_t = 0o600) throws {
        let file = "\(path)/\(name)"
        mkdir(String(file[..<(file.lastIndex(of: "/") ?? file.endIndex)]), 0o700)
        try Data(text.utf8).write(to: URL(filePath: file))
        chmod(file, mode)
    }

    /// The names in a directory.
    ///
    /// - Throws: When the directory does not exist.
    func names(_ directory: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(directory)")
    }

    /// Whether a file of any kind exists.
    func has(_ name: String) -> Bool { mode(of: name) != nil }

    /// Kind and permissions of a file; nil when it does not exist.
    func mode(of name: String) -> mode_t? {
        var status = stat()
        return lstat("\(path)/\(name)", &status) == 0 ? status.st_mode : nil
    }

    /// Moves a file.
    func move(_ name: String, to other: String) throws {
        try FileManager.default.moveItem(atPath: "\(path)/\(name)", toPath: "\(path)/\(other)")
    }

    /// Removes a file if it exists.
    func remove(_ name: String) {
        unlink("\(path)/\(name)")
    }

    /// A name for a new file.
    func newName(_ purpose: String) -> String {
        "\(purpose)-\(streams.withLock { $0 += 1; return $0 })"
    }
}
