import FoundationEssentials

/// The files of this repository, for tests that compare documents with code.
enum Repository {
    /// The directory of `Package.swift`, absolute.
    static let root: String = {
        var parts = #filePath.split(separator: "/")
        while !parts.isEmpty {
            parts.removeLast()
            let directory = "/" + parts.joined(separator: "/")
            if FileManager.default.fileExists(atPath: "\(directory)/Package.swift") {
                return directory
            }
        }
        return ""
    }()

    /// Whether a file or directory exists.
    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: "\(root)/\(path)")
    }

    /// The text of a file.
    ///
    /// - Parameter path: Relative to ``root``.
    /// - Returns: Empty when the file does not exist.
    static func text(_ path: String) -> String {
        let bytes = FileManager.default.contents(atPath: "\(root)/\(path)") ?? Data()
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Replaces a file, atomically.
    static func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(root)/\(path)"), options: .atomic)
    }

    /// All files below a directory, relative to ``root``, in order.
    static func files(below directory: String) -> [String] {
        let paths = try? FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(directory)")
        return (paths ?? []).map { "\(directory)/\($0)" }.sorted()
    }

    /// Everything between backticks or quotes in the files that a predicate selects.
    static func quotations(
        below directory: String, where isSelected: (_ path: String) -> Bool
    ) -> Set<String> {
        let marks = [UInt8(ascii: "`"), UInt8(ascii: "\""), UInt8(ascii: "\n")]
        var quotations: Set<String> = []
        for path in files(below: directory) where isSelected(path) {
            for part in text(path).utf8.split(whereSeparator: marks.contains) {
                quotations.insert(String(decoding: part, as: UTF8.self))
            }
        }
        return quotations
    }
}
