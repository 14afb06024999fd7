import Testing

/// One server for all tests that leave no trace but their own accounts.
struct Shared: Sendable {
    /// The server; its settings must not be changed.
    let daemon: Daemon
    /// Its owner.
    let owner: Person

    /// The current shared server.
    ///
    /// - Throws: Outside the suite that starts it.
    static var present: Shared {
        get throws {
            guard let shared = Daemon.shared else { throw HarnessError("there is no server") }
            return shared
        }
    }

    /// A client of the server.
    static var client: Client { get throws { try present.daemon.client } }
}

/// Starts the shared server before the first test of a suite and stops it after the last; then
/// searches the logs of all servers for secrets.
struct SharedDaemonTrait: SuiteTrait, TestScoping {
    /// Runs the tests of its suite.
    func provideScope(
        for test: Test, testCase: Test.Case?,
        performing function: @Sendable () async throws -> Void
    ) async throws {
        do {
            let (daemon, owner) = try Daemon.setUp()
            try await Daemon.$shared.withValue(Shared(daemon: daemon, owner: owner)) {
                try await function()
            }
            #expect(try daemon.stop() == .exited(0), "the shared server ends in good order")
        }
        for line in try Secrets.found() { Issue.record("a secret stands in \(line)") }
    }
}

extension Trait where Self == SharedDaemonTrait {
    /// A server that all tests of the suite share, and the search for secrets after them.
    static var sharedDaemon: Self { Self() }
}

/// The wire contract, tested on the real program over real sockets.
@Suite(.sharedDaemon) struct EndToEnd {}
