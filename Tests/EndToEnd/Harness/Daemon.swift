import Glibc

/// A running server: the real binary, on a real socket, in its own directory.
///
/// It is killed with this value, and its log is searched for secrets at the end.
final class Daemon: Sendable {
    /// The server shared by tests that leave no trace but their own accounts.
    @TaskLocal static var shared: Shared?

    /// Its directory.
    let home: Home
    /// The process.
    let process: ChildProcess
    /// The public addresses, in the order of the configuration.
    let addresses: [Address]
    /// The addresses of the admin listener; logged before the others.
    let adminAddress: Address?
    private let logName: String

    /// Starts a server and waits until it listens.
    ///
    /// Configured only by its environment, unless the test creates a `config.json` in the home.
    /// **Limits are off** unless the settings say otherwise: see `Program.settings`.
    /// - Parameters:
    ///   - home: The directory of an earlier server; a new one without it.
    ///   - settings: Override the default variables; nil removes one.
    ///   - listener: A listening socket to inherit.
    /// - Throws: When it ends instead of listening; with its log.
    init(
        in home: Home? = nil, settings: [String: String?] = [:], inheriting listener: Int32? = nil
    ) throws {
        let home = try home ?? Home()
        let logName = home.newName("log")
        let environment = home.environment(settings)
        let process = try ChildProcess(
            [Program.path], in: home.path, environment: environment,
            streams: .init(errors: "\(home.path)/\(logName)"), inheriting: listener)
        let listening = environment["LUNAUTH_LISTEN"]?.split(separator: ",").count ?? 1
        let lines = try Waiting.value(within: 30, of: "a server that listens") {
            let hasEnded = process.presentEnding
            let log = home.read(logName) ?? ""
            // The last line may be incomplete; the server logs more after it listens.
            let lines = log.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            if lines.count(where: { Address(logged: $0) != nil }) == listening { return lines }
            if let hasEnded { throw HarnessError("the server ended (\(hasEnded)):\n\(log)") }
            return nil
        }
        addresses = lines.compactMap { Address(logged: $0) }
        adminAddress = lines.compactMap { Address(logged: $0, after: "metrics on ") }.first
        self.home = home
        self.process = process
        self.logName = logName
    }

    deinit {
        process.send(SIGKILL)
        _ = try? process.wait()
        Secrets.search(log, from: "the log of \(home.path)")
        Secrets.protect(home.read("data/secret.key")?.split(separator: "\n").first.map(String.init))
    }

    /// Its log so far.
    var log: String { home.read(logName) ?? "" }

    /// The complete lines of its log so far.
    var logLines: [Substring] {
        log.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    }

    /// A client of its first address.
    var client: Client { Client(addresses[0], of: self) }

    /// A client of the admin listener.
    ///
    /// - Throws: When it has no admin listener.
    var watcher: Client {
        get throws {
            guard let adminAddress else { throw HarnessError("no admin address:\n\(log)") }
            return Client(adminAddress, of: self)
        }
    }

    /// Waits for a line of its log.
    ///
    /// - Parameter text: A text in the line.
    /// - Returns: The first such line.
    /// - Throws: When there is none in time.
    @discardableResult
    func line(containing text: String) throws -> Substring {
        try Waiting.value(of: "a log line with \(text)") {
            logLines.first { $0.contains(text) }
        }
    }

    /// Stops it gracefully and waits for its end.
    func stop() throws -> ChildProcess.Ending {
        process.send(SIGTERM)
        return try process.wait()
    }

    /// Kills it, like a power failure.
    func kill() throws {
        process.send(SIGKILL)
        _ = try process.wait()
    }
}

extension Daemon {
    /// A new server that has been set up.
    ///
    /// - Parameter settings: Override the default variables; nil removes one.
    /// - Returns: The server and its owner.
    /// - Throws: When either fails.
    static func setUp(
        settings: [String: String?] = [:]
    ) throws -> (daemon: Daemon, owner: Person) {
        let daemon = try Daemon(settings: settings)
        return (daemon, try daemon.client.setUp())
    }
}
