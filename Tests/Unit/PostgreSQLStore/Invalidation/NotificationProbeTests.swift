import TestSupport
import Testing

@testable import PostgreSQLStore

@Suite(.enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
struct NotificationProbeTests {
    private let database: PostgreSQLDatabase
    private let listener: Connection
    private let sender: Connection

    init() throws {
        database = try PostgreSQLServer.shared().makeDatabase()
        (listener, sender) = (try database.connect(), try database.connect())
    }

    @Test func `a connection that listens receives what another one sends`() throws {
        try listener.listen(to: Connection.changes)
        #expect(
            try NotificationProbe.run(on: listener) { text in
                (try? sender.notifyOfChanges(text)) != nil
            } == true)
    }

    @Test func `a connection whose session listens no longer receives nothing`() throws {
        // As behind a proxy that pools transactions: LISTEN went to a session that others have now.
        try listener.listen(to: Connection.changes)
        try listener.execute("UNLISTEN *")
        #expect(
            try NotificationProbe.run(on: listener) { text in
                (try? sender.notifyOfChanges(text)) != nil
            } == false)
    }

    @Test func `what others send is no proof, and what could not be sent says nothing`() throws {
        try listener.listen(to: Connection.changes)
        try sender.notifyOfChanges("of another daemon")
        #expect(try NotificationProbe.run(on: listener) { _ in true } == false)
        #expect(try NotificationProbe.run(on: listener) { _ in false } == nil)
    }
}
