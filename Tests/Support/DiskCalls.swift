import CTestSupport

/// What a piece of work asks of the disk, in order: what is not synchronized before a rename, or whose
/// directory is not after it, is lost when the power is.
public struct DiskCalls {
    /// `sync PATH`, `rename OLD NEW` and `link OLD NEW`, the names without their directory, `.` for that
    /// itself, and without the random part of temporary names.
    public let lines: [String]

    /// Records the calls of this thread within `body`, its own and those of SQLite.
    ///
    /// - Parameters:
    ///   - directory: The directory of the files.
    ///   - body: The work.
    /// - Throws: What `body` throws.
    public init(in directory: String, during body: () throws -> Void) rethrows {
        var buffer = [CChar](repeating: 0, count: 1 << 16)
        disk_calls_begin()
        defer { _ = disk_calls_end(nil, 0) }
        try body()
        let count = disk_calls_end(&buffer, buffer.count)
        let text = String(
            decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        lines = text.split(separator: "\n").map { line in
            line.split(separator: " ").map { word in
                word == directory
                    ? "." : Self.withoutRandomPart(word.trimmingPrefix("\(directory)/"))
            }.joined(separator: " ")
        }
    }

    /// `key.tmp` for `key.0123456789abcdef.tmp`, whatever follows.
    private static func withoutRandomPart(_ name: Substring) -> String {
        name.split(separator: ".").filter { part in
            part.count != 16 || !part.allSatisfy(\.isHexDigit)
        }.joined(separator: ".")
    }

    /// Whether a file is put in its place so that it is the old or the new one after a crash: it is
    /// synchronized under its temporary name, gets its own, and its directory is synchronized then.
    ///
    /// Of a database, SQLite synchronizes the journal and the file; the file has to be once more
    /// when it is complete.
    public func replaceDurably(_ name: String) -> Bool {
        let moves = ["rename \(name).tmp \(name)", "link \(name).tmp \(name)"]
        guard let move = lines.lastIndex(where: moves.contains), move + 1 < lines.count else {
            return false
        }
        let before = lines[..<move]
        let journal = before.lastIndex(of: "sync \(name).tmp-journal")
        let last = before[((journal ?? -1) + 1)...]
        return last.count { $0 == "sync \(name).tmp" } >= (journal == nil ? 1 : 2)
            && lines[move + 1] == "sync ."
    }
}
