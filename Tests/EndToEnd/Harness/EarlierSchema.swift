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

    /// Creates a database, and puts the secret key there that seals its factors.
    ///
    /// - Parameters:
    ///   - script: One of `scripts`.
    ///   - home: Has no database yet.
    /// - Throws: When Python fails.
    static func make(_ script: String, in home: Home) throws {
        try home.write("data/secret.key", String(repeating: "5e", count: 32))
        _ = try Python.run(
            """
            base = sqlite3.connect(given["path"])
            base.executescript(open(given["script"], encoding="utf-8").read())
            print("{}")
            """,
            given: ["path": .string("\(home.path)/data/lunauth.db"), "script": .string(script)])
    }
}
