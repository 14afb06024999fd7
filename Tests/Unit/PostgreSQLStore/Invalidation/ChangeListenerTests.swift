import Auth
import Crypto
import Glibc
import System
import TestSupport
import Testing

@testable import PostgreSQLStore

/// What one daemon changes, and the memory of another.
@Suite(.enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
struct ChangeListenerTests {
    private let shared: SharedDatabase

    init() throws {
        shared = try SharedDatabase()
    }

    /// Adds an account with a session, and waits until a daemon answers from memory.
    private func signIn(
        _ storage: PostgreSQLStorage, _ email: String = "ada@example.org"
    ) throws -> (Account, Session) {
        let account = try Account.sample(email)
        let session = Session.sample(of: account)
        try storage.open.add(account)
        try storage.open.add(session)
        try remember(session, in: storage)
        return (account, session)
    }

    private func remember(_ session: Session, in storage: PostgreSQLStorage) throws {
        let isRemembered = try becomesTrue {
            guard try storage.open.session(.id(session.id), now: .start) != nil,
                try storage.open.account(session.accountID) != nil
            else { return false }
            return (try? storage.memory.session(.id(session.id), now: .start)) != nil
                && (try? storage.memory.account(session.accountID)) != nil
        }
        #expect(isRemembered)
    }

    /// Whether a condition is met soon: within a second where memory may not answer any longer; within a few
    /// where that depends on how busy this machine is.
    private func isMet(
        inSeconds seconds: UInt64 = 1, _ condition: () throws -> Bool
    ) rethrows -> Bool {
        let start = MonotonicClock.now()
        let isMet = try becomesTrue(condition)
        return isMet && MonotonicClock.now() - start < seconds * 1_200_000_000
    }

    @Test func `a logout on one daemon is refused on the others within a second`() throws {
        let (first, second) = (try shared.daemon(), try shared.daemon())
        #expect(becomesTrue { second.invalidation.isNotified == true })
        var restarts: UInt64?
        for number in 0..<20 {
            let (account, session) = try signIn(first, "a\(number)@example.org")
            try remember(session, in: second)
            try first.open.write { transaction throws(AuthError) in
                _ = try transaction.endSession(.id(session.id), of: account.id)
            }
            #expect(try first.open.session(.id(session.id), now: .start) == nil)
            #expect(
                try isMet {
                    try second.open.session(.id(session.id), now: .start) == nil
                })
            restarts = restarts ?? second.invalidation.restarts
        }
        #expect(second.invalidation.isNotified == true)
        #expect(second.invalidation.restarts == restarts)
    }

    @Test func `what a command changes is found without a notification`() throws {
        let (daemon, command) = (try shared.daemon(), try shared.command())
        let (account, session) = try signIn(daemon)
        var disabled = account
        disabled.status = .disabled
        try command.open.write { [disabled] transaction throws(AuthError) in
            try transaction.updateAccount(disabled)
            _ = try transaction.endSessions(of: disabled.id, except: nil)
            var settings = try transaction.settings()
            settings.signup.toggle()
            try transaction.save(settings)
        }
        let expected = command.state.settings
        #expect(
            try isMet(inSeconds: 4) {
                let isEnded = try daemon.open.session(.id(session.id), now: .start) == nil
                let found = try daemon.open.account(disabled.id)?.account.status
                return isEnded && found == .disabled && daemon.state.settings == expected
            })
    }

    @Test func `setup on one daemon is known to the others`() throws {
        let (first, second) = (try shared.daemon(), try shared.daemon())
        #expect(!second.state.hasOwner)
        try first.open.setUp("main")
        #expect(first.state.hasOwner && first.state.setup?.databaseName == "main")
        #expect(isMet(inSeconds: 4) { second.state.hasOwner })
        #expect(second.state.setup?.databaseName == "main")
    }

    @Test func `a lost connection has everything read again`() throws {
        let daemon = try shared.daemon()
        let (_, session) = try signIn(daemon)
        // Behind the back of all daemons: nothing says that it changed.
        try shared.database.execute("UPDATE sessions SET ended_at = 1")
        #expect(try daemon.memory.session(.id(session.id), now: .start) != nil)
        try shared.database.setReachable(false)
        try shared.database.setReachable(true)
        #expect(
            becomesTrue {
                do throws(AuthError) {
                    return try daemon.open.session(.id(session.id), now: .start) == nil
                } catch {
                    return false
                }
            })
        #expect(becomesTrue { daemon.invalidation.restarts >= 2 })
    }

    @Test func `a daemon that lost only its listening connection looks on the others`() throws {
        let directory = try TemporaryDirectory()
        let link = "\(directory.path)/run"
        #expect(symlink(shared.database.server.directory, link) == 0)
        let direct = try DatabaseAddress(
            parsing: "postgres://lunauth@/\(shared.database.name)?host=\(link)")
        let (daemon, command) = (
            try shared.daemon {
                $0.background?.direct = direct
                $0.background?.staleSeconds = 60
            }, try shared.command()
        )
        let (account, session) = try signIn(daemon)
        #expect(unlink(link) == 0)
        try shared.database.execute(
            """
            SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
            """)
        #expect(becomesTrue { daemon.invalidation.restarts >= 2 })
        try remember(session, in: daemon)
        try command.open.write { transaction throws(AuthError) in
            _ = try transaction.endSessions(of: account.id, except: nil)
        }
        #expect(
            try isMet(inSeconds: 8) {
                try daemon.open.session(.id(session.id), now: .start) == nil
            })
        #expect(daemon.invalidation.isNotified == nil)
    }

    @Test func `a daemon whose listening connection is not answered looks on the others`() throws {
        let directory = try TemporaryDirectory()
        let link = "\(directory.path)/run"
        #expect(symlink(shared.database.server.directory, link) == 0)
        let direct = try DatabaseAddress(
            parsing:
                "postgres://lunauth@/\(shared.database.name)?host=\(link)&connect_timeout=60")
        let daemon = try shared.daemon { $0.background?.direct = direct }
        #expect(becomesTrue { daemon.invalidation.isNotified == true })
        #expect(unlink(link) == 0 && mkdir(link, 0o700) == 0)
        let silent = try UnixSocket.open("\(link)/.s.PGSQL.5432") { bind($0, $1, $2) }
        defer { close(silent) }
        listen(silent, 16)
        try shared.database.execute(
            """
            SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
            """)
        let command = try shared.command()
        try command.open.write { transaction throws(AuthError) in
            var settings = try transaction.settings()
            settings.signup.toggle()
            try transaction.save(settings)
        }
        let expected = command.state.settings
        #expect(isMet(inSeconds: 4) { daemon.state.settings == expected })
        #expect(daemon.invalidation.isNotified == nil)
    }

    @Test func `without its database a daemon answers from memory for a while`() throws {
        let daemon = try shared.daemon { $0.background?.staleSeconds = 4 }
        let (_, session) = try signIn(daemon)
        try shared.database.setReachable(false)
        let start = MonotonicClock.now()
        #expect(
            becomesTrue { (try? daemon.memory.session(.id(session.id), now: .start)) == nil })
        let seconds = Double(MonotonicClock.now() - start) / 1_000_000_000
        #expect(seconds > 2 && seconds < 5)
        #expect(throws: AuthError.self) {
            try daemon.open.session(.id(session.id), now: .start)
        }
        try shared.database.setReachable(true)
        #expect(
            becomesTrue { (try? daemon.open.session(.id(session.id), now: .start)) != nil })
    }

    @Test func `a daemon that may not be stale answers nothing without its database`() throws {
        let daemon = try shared.daemon { $0.background?.staleSeconds = 0 }
        let (_, session) = try signIn(daemon)
        try shared.database.setReachable(false)
        #expect(
            isMet { (try? daemon.memory.session(.id(session.id), now: .start)) == nil })
        try shared.database.setReachable(true)
    }

    @Test func `settings that several daemons save at once are the same on all`() throws {
        let storages = try (0..<3).map { _ in try shared.daemon() }
        _ = try inParallel(6) { index in
            for _ in 0..<5 {
                try? storages[index % 3].open.write { transaction throws(AuthError) in
                    var settings = try transaction.settings()
                    settings.signup.toggle()
                    try transaction.save(settings)
                }
            }
        }
        let stored = try shared.command().state.settings
        for storage in storages {
            #expect(isMet(inSeconds: 4) { storage.state.settings == stored })
        }
    }

    @Test func `a connection to the server itself receives notifications`() throws {
        let configuration = PostgreSQLConfiguration(
            address: try DatabaseAddress(parsing: shared.database.address), password: nil,
            cacheBytes: 0, now: { .start }, profile: { _ in [] },
            encodeSetup: { _ in [] }, decodeSetup: { _ in nil })
        #expect(try PostgreSQLStorage.receivesNotifications(configuration))
    }
}
