import Glibc
import Synchronization

/// All secrets that the tests sent or received, and all texts that must not contain them.
enum Secrets {
    private struct State {
        /// The beginning of every stored password hash.
        var secrets: Set<String> = ["$pbkdf2-sha256$"]
        var texts: [String: Set<String>] = [:]
    }

    private static let state = Mutex(State())

    /// Shorter strings occur in other texts by chance.
    private static let fewestBytes = 8

    /// Registers a secret; nil and short ones are ignored.
    static func protect(_ secret: String?) {
        guard let secret, secret.utf8.count >= fewestBytes else { return }
        state.withLock { _ = $0.secrets.insert(secret) }
    }

    /// Keeps a text to be searched at the end of the tests.
    ///
    /// - Parameters:
    ///   - text: The setup code in the line that explains how to set a server up is removed: this is
    ///     the only place where the log may contain a secret. So is the token of a link on a page that is
    ///     shown again to the client that posted it, as it was on the page before.
    ///   - origin: A description of the text.
    static func search(_ text: String, from origin: String) {
        let lines = text.split(separator: "\n").map { line in
            line.contains("no owner exists yet")
                ? String(line.replacing(/(X-Setup-Code: |[?]code=)[A-Za-z0-9_-]+/, with: ""))
                : String(line.replacing(/(name="token" value="|[?]token=)[^"]*"/, with: ""))
        }
        state.withLock { $0.texts[origin, default: []].formUnion(lines) }
    }

    /// The lines that contain a secret, with their origin.
    ///
    /// - Throws: When grep fails.
    static func found() throws -> [String] {
        let (secrets, texts) = state.withLock { ($0.secrets, $0.texts) }
        let lines = texts.flatMap { origin, lines in lines.map { "\(origin): \($0)" } }
        return try matches(of: secrets, in: lines)
    }

    /// The lines that contain one of some strings.
    ///
    /// - Throws: When grep fails.
    static func matches(of secrets: Set<String>, in lines: [String]) throws -> [String] {
        let home = try Home()
        try home.write("secrets", secrets.map { $0 + "\n" }.joined())
        try home.write("lines", lines.map { $0 + "\n" }.joined())
        let grep = try ChildProcess(
            ["/usr/bin/env", "grep", "-aF", "-f", "secrets", "lines"], in: home.path,
            environment: Program.environment([:]),
            streams: .init(output: "\(home.path)/found", errors: "\(home.path)/errors"))
        switch try grep.wait(within: 60) {
        case .exited(0), .exited(1): break
        case let ending: throw HarnessError("grep: \(ending) \(home.read("errors") ?? "")")
        }
        return (home.read("found") ?? "").split(separator: "\n").map(String.init)
    }
}
