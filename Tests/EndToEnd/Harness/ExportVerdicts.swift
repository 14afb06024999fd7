/// What the program and the verifier of `examples/audit`, which shares no code with it, say of an export.
struct ExportVerdicts: CustomStringConvertible {
    /// `lunauth audit verify`.
    let program: Program.Outcome
    /// `verify.py`: its status, and what it printed.
    let example: (status: Int, text: String)

    /// Asks both.
    ///
    /// - Parameters:
    ///   - name: The export.
    ///   - home: Its directory.
    ///   - keys: The public keys, in hexadecimal digits.
    /// - Throws: When one of them cannot be run.
    init(on name: String, in home: Home, keys: [String]) throws {
        program = try home.run(["audit", "verify", name] + keys.flatMap { ["--key", $0] })
        let answer = try Python.run(
            """
            import subprocess
            done = subprocess.run(
                [sys.executable, "-B", given["verifier"], given["file"], *given["keys"]],
                capture_output=True, text=True)
            print(json.dumps({"status": done.returncode, "text": done.stdout + done.stderr}))
            """,
            given: [
                "verifier": .string("\(Self.directory)/verify.py"),
                "file": .string("\(home.path)/\(name)"),
                "keys": .array(keys.map { .string($0) }),
            ])
        example = (Int(answer["status"]?.number ?? -1), answer["text"]?.text ?? "")
    }

    /// Whether both say that it is proven.
    var areIntact: Bool {
        program.ending == .exited(0) && program.output.hasPrefix("intact: ")
            && example.status == 0 && example.text.hasPrefix("intact: ")
    }

    /// Whether both say that it is not.
    var areBroken: Bool {
        program.ending == .exited(1) && program.errors.contains("broken: ")
            && example.status == 1 && example.text.hasPrefix("broken at ")
    }

    var description: String { "\(program.output)\(program.errors)\(example.text)" }

    /// The directory of the verifier.
    static var directory: String {
        var path = #filePath[...]
        while let slash = path.lastIndex(of: "/"), !path.hasSuffix("/Tests") {
            path = path[..<slash]
        }
        return "\(path.dropLast("/Tests".count))/examples/audit"
    }
}
