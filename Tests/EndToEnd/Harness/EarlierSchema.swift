import FoundationEssentials

/// Databases of earlier versions, each stored as a script that creates it.
enum EarlierSchema {
    /// The scripts, the earliest version first.
    static let scripts: [String] = {
        let tests = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let names =
            (try? FileManager.default.contentsOfDirectory(atPath: "/\(tests)/Schemas")) ?? []
        return names.sorted().map { "/\(tests)/Schemas/\($0)" }
    }()

    /// Creates a database.
    ///
    /// - Parameters:
    ///   - script: One of `scripts`.
    ///   - path: A file that does not exist yet.
    /// - Throws: When Python fails.
    static func make(_ script: String, at path: String) throws {
        _ = try Python.run(
            """
            base = sqlite3.connect(given["path"])
            base.executescript(open(given["script"], encoding="utf-8").read())
            print("{}")
            """, given: ["path": .string(path), "script": .string(script)])
    }
}
