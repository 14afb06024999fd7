import Glibc
import Synchronization
import TestSupport
import Testing

@testable import PostgreSQLStore

struct ConnectorTests {
    @Test func `the places of a server share its time, the last one has what is left`() {
        #expect(Connector.share(of: 2, from: 100, to: 500) == 300)
        #expect(Connector.share(of: 1, from: 300, to: 500) == 500)
        #expect(Connector.share(of: 3, from: 600, to: 500) == 500)
    }

    @Test(.enabled(if: PostgreSQLServer.isInstalled, "PostgreSQL is not installed"))
    func `a server at two silent places leaves the next one its time, and is tried last then`()
        throws
    {
        let database = try PostgreSQLServer.shared().makeDatabase()
        let directory = try TemporaryDirectory()
        let silent = directory.path
        let socket = try UnixSocket.open("\(silent)/.s.PGSQL.5432") { bind($0, $1, $2) }
        defer { close(socket) }
        listen(socket, 16)
        let hosts = [silent, database.server.directory].map { $0.replacing("/", with: "%2F") }
            .joined(separator: ",")
        let tried = Mutex<[String]>([])
        let connector = Connector(
            to: try DatabaseAddress(
                parsing: "postgres://lunauth@\(hosts)/\(database.name)?connect_timeout=1"),
            password: nil, settings: .init()
        ) { (host) throws(PostgreSQLError) in
            tried.withLock { $0.append(host.name) }
            return host.name == silent ? [.given, .given] : [.given]
        }
        let pool = try ConnectionPool(size: 1, connector: connector)
        let number = try pool.withConnection(until: .soon) { try? $0.integer("SELECT 7") }
        #expect(number == 7)
        #expect(pool.statistics.failures == 0)
        _ = try connector.open()
        let present = database.server.directory
        #expect(tried.withLock { $0 } == [silent, present, present])
    }
}
