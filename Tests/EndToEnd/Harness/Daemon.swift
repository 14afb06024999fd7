import Glibc

/// A server that runs: the real binary, on a real socket, in a directory of its own.
///
/// It is killed with this value, and its log is kept to be searched for secrets.
final class Daemon: Sendable {
    /// The one that the tests share which leave no trace but accounts of their own.
    @TaskLocal static var shared: Shared?

    /// Its directory.
    let home: Home
    /// The process.
    let process: ChildProcess
    /// Where it listens, in the order of its configuration.
    let addresses: [Address]
    /// Where it listens for those who watch over it; said before the others.
    let adminAddress: Address?
    private let logName: String

    /// Starts a server and waits until it listens.
    ///
    /// Configured by its environment alone, unless the test puts a `config.json` into the home.
    /// **Limits are off** unless the settings say otherwise: see `Program.settings`.
    /// - Parameters:
    ///   - home: The directory of a server that ran before; a new one without it.
    ///   - settings: Replace the usual variables; nil removes one.
    ///   - listener: A listening socket to inherit.
    /// - Throws: When it ends instead of listening; with its log.
    init(
        in home: Home? = nil, settings: [String: String?] = [:], inheriting listener: Int32? = nil
    ) throws {
        let home = try home ?? Home()
        let logName = home.newName("log")
        let environment = Program.environment(settings)
        let process = try ChildProcess(
            [Program.path], in: home.path, environment: environment,
            streams: .init(errors: "\(home.path)/\(logName)"), inheriting: listener)
        let listening = environment["LUNAUTH_LISTEN"]?.split(separator: ",").count ?? 1
        let lines = try Waiting.value(within: 30, of: "a server that listens") {
            let hasEnded = process.presentEnding
            let log = home.read(logName) ?? ""
            // The last line may be half written; the server says more after it listens.
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

    /// The whole lines of its log so far.
    var logLines: [Substring] {
        log.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    }

    /// Speaks to it, where it listens first.
    var client: Client { Client(addresses[0], of: self) }

    /// Watches over it.
    ///
    /// - Throws: When it does not listen for those who do.
    var watcher: Client {
        get throws {
            guard let adminAddress else { throw HarnessError("no admin address:\n\(log)") }
            return Client(adminAddress, of: self)
        }
    }

    /// Waits for a line of its log.
    ///
    /// - Parameter text: Stands in the line.
    /// - Returns: The first such line.
    /// - Throws: When there is none in time.
    @discardableResult
    func line(containing text: String) throws -> Substring {
        try Waiting.value(of: "a log line with \(text)") {
            logLines.first { $0.contains(text) }
        }
    }

    /// Asks it to end in good order, and waits until it has.
    func stop() throws -> ChildProcess.Ending {
        process.send(SIGTERM)
        return try process.wait()
    }

    /// Ends it as a power failure would.
    func kill() throws {
        process.send(SIGKILL)
        _ = try process.wait()
    }
}

extension Daemon {
    /// A new server that somebody has set up.
    ///
    /// - Parameter settings: Replace the usual variables; nil removes one.
    /// - Returns: The server and its owner.
    /// - Throws: When either fails.
    static func setUp(
        settings: [String: String?] = [:]
    ) throws -> (daemon: Daemon, owner: Person) {
        let daemon = try Daemon(settings: settings)
        return (daemon, try daemon.client.setUp())
    }
}
