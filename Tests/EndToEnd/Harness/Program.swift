import Glibc

/// The program under test, as a command line.
enum Program {
    /// The binary, built beside the test bundle.
    static let path: String = {
        guard let bundle = realpath("/proc/self/exe", nil) else { return "" }
        defer { free(bundle) }
        let path = String(cString: bundle)
        return path[..<(path.lastIndex(of: "/") ?? path.endIndex)] + "/lunauth"
    }()

    /// The default variables of every server and command.
    ///
    /// Free ports; the cheapest password hashes; **no limits**, so that tests of other rules can sign in as
    /// often as they need; and no backtraces, which print memory.
    static let settings: [String: String?] = [
        "LUNAUTH_LISTEN": "127.0.0.1:0",
        "LUNAUTH_ADMIN_LISTEN": "127.0.0.1:0",
        "LUNAUTH_PASSWORD_ITERATIONS": "1000",
        "LUNAUTH_LIMITS_ENABLED": "false",
        "SWIFT_BACKTRACE": "enable=no",
    ]

    /// All variables of a process.
    ///
    /// - Parameter settings: Override the defaults; nil removes one.
    /// - Returns: Those, and of the tests' own environment only `PATH`.
    static func environment(_ settings: [String: String?]) -> [String: String] {
        var all = self.settings.merging(settings) { $1 }.compactMapValues(\.self)
        all["PATH"] = getenv("PATH").map { String(cString: $0) }
        return all
    }

    /// The result of a command.
    struct Outcome {
        /// How it ended.
        let ending: ChildProcess.Ending
        /// What it wrote to standard output.
        let output: String
        /// What it wrote to standard error.
        let errors: String
    }
}

extension Home {
    /// A home with a database that has one account, and no running server.
    ///
    /// - Parameter secretKey: The key of the server; nil for a new one.
    /// - Returns: The home.
    /// - Throws: When it cannot be created.
    static func withDatabase(secretKey: String? = nil) throws -> Home {
        let home = try Home()
        if let secretKey { try home.write("data/secret.key", secretKey + "\n") }
        let password = Fresh.password()
        Secrets.protect(password)
        // Named, so that it is not the database of an installed server.
        let made = try home.run(
            "user", "create", Fresh.email(), input: "\(password)\n",
            settings: ["LUNAUTH_DATADIRECTORY": "data"])
        guard made.ending == .exited(0) else { throw HarnessError(made.errors) }
        return home
    }

    /// Creates a program that accepts mails.
    ///
    /// - Parameter script: Its shell script.
    /// - Returns: Its path.
    /// - Throws: When it cannot be created.
    func sendmail(_ script: String) throws -> String {
        try write("script", "#!/bin/sh\n\(script)\n")
        // A file that is open for writing cannot be executed: not even when another child process has
        // inherited the descriptor with which it was written here.
        let copy = try ChildProcess(
            ["/usr/bin/install", "-m", "700", "script", "sendmail"], in: path,
            environment: Program.environment([:]), streams: .init())
        guard try copy.wait() == .exited(0) else { throw HarnessError("install") }
        return "\(path)/sendmail"
    }

    /// Runs a command line in a shell.
    ///
    /// - Returns: Its standard output.
    /// - Throws: When it does not end.
    func shell(_ line: String) throws -> String {
        let name = newName("output")
        let process = try ChildProcess(
            ["/bin/sh", "-c", line], in: path, environment: Program.environment([:]),
            streams: .init(output: "\(path)/\(name)"))
        _ = try process.wait()
        return read(name) ?? ""
    }

    /// Runs the program and waits for its end.
    ///
    /// - Parameters:
    ///   - words: `user`, `list`.
    ///   - input: Its standard input; not a terminal, so passwords are read from it.
    ///   - settings: Override the default variables; nil removes one.
    ///   - seconds: The timeout.
    /// - Returns: Its result; its errors are searched for secrets at the end of the tests.
    /// - Throws: When it does not end.
    func run(
        _ words: String..., input: String = "", settings: [String: String?] = [:],
        within seconds: Int = 30
    ) throws -> Program.Outcome {
        try run(words, input: input, settings: settings, within: seconds)
    }

    /// Runs the program and waits for its end, as above.
    func run(
        _ words: [String], input: String = "", settings: [String: String?] = [:],
        within seconds: Int = 30
    ) throws -> Program.Outcome {
        let names = (newName("input"), newName("output"), newName("errors"))
        try write(names.0, input)
        let process = try ChildProcess(
            [Program.path] + words, in: path, environment: environment(settings),
            streams: .init(
                input: "\(path)/\(names.0)", output: "\(path)/\(names.1)",
                errors: "\(path)/\(names.2)"))
        let ending = try process.wait(within: seconds)
        let errors = read(names.2) ?? ""
        Secrets.search(errors, from: "lunauth \(words.joined(separator: " "))")
        return Program.Outcome(ending: ending, output: read(names.1) ?? "", errors: errors)
    }
}
