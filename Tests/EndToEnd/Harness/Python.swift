import Glibc

/// The interpreter that `scripts/python-packages` prepares: PyJWT, another implementation of tokens,
/// and SQLite, for changes to a database by another process.
enum Python {
    private static var interpreter: String {
        get throws {
            // Beside the directory of the build, or above it.
            var directory = Program.path[...]
            while let slash = directory.lastIndex(of: "/") {
                directory = directory[..<slash]
                let path = "\(directory)/python/bin/python"
                if access(path, X_OK) == 0 { return path }
            }
            throw HarnessError("there is no .build/python: run scripts/python-packages")
        }
    }

    /// Runs a script to its end.
    ///
    /// - Parameters:
    ///   - script: Has `sys`, `json`, `sqlite3`, `jwt` and `time` imported, and `given`.
    ///   - given: Its input.
    /// - Returns: The JSON that it prints.
    /// - Throws: When it fails, with its error output.
    static func run(_ script: String, given: JSON = [:]) throws -> JSON {
        let home = try Home()
        let process = try start(script, given: given, in: home)
        guard try process.wait() == .exited(0) else {
            throw HarnessError("Python: \(home.read("errors") ?? "")")
        }
        return try JSON(home.bytes("output") ?? [])
    }

    /// Starts a script that runs until it is stopped.
    ///
    /// - Parameters:
    ///   - script: As for `run`.
    ///   - given: Its input.
    ///   - home: The directory of its files `output` and `errors`.
    /// - Returns: The process.
    /// - Throws: When Python is missing.
    static func start(_ script: String, given: JSON, in home: Home) throws -> ChildProcess {
        let prologue = "import sys, json, sqlite3, jwt, time\ngiven = json.load(sys.stdin)\n"
        try home.write("script.py", prologue + script)
        try home.write("input", String(decoding: given.encoded, as: UTF8.self))
        return try ChildProcess(
            [interpreter, "-u", "script.py"], in: home.path,
            environment: Program.environment([:]),
            streams: .init(
                input: "\(home.path)/input", output: "\(home.path)/output",
                errors: "\(home.path)/errors"))
    }
}
