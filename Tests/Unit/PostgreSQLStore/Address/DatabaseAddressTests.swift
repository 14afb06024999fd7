import Testing

@testable import PostgreSQLStore

struct DatabaseAddressTests {
    @Test func `an address names servers, a role, a database and parameters`() throws {
        let address = try DatabaseAddress(
            parsing: "postgres://lun%40auth@db1:5433,[2001:db8::1],db3/accounts?connect_timeout=3")
        #expect(
            address.hosts == [
                .init(name: "db1", port: 5_433), .init(name: "2001:db8::1", port: 5_432),
                .init(name: "db3", port: 5_432),
            ])
        #expect(address.user == "lun@auth")
        #expect(address.database == "accounts")
        #expect(address.connectSeconds == 3)
        #expect(address.description == "accounts at db1:5433, [2001:db8::1]:5432, db3:5432")
    }

    @Test(arguments: [
        ("postgresql:///accounts", "", 5_432),
        ("postgres:///accounts?host=/run/pg&port=5433", "/run/pg", 5_433),
        ("postgres://lunauth@%2Frun%2Fpg:5434/accounts", "/run/pg", 5_434),
    ])
    func `a socket is named in the authority or by a parameter`(
        text: String, directory: String, port: UInt16
    ) throws {
        let host = try #require(try DatabaseAddress(parsing: text).hosts.first)
        #expect(host == .init(name: directory, port: port))
        #expect(host.isSocket)
    }

    @Test(arguments: [
        ("db.example.org", DatabaseAddress.TLSMode.verifyFull), ("10.0.0.7", .verifyFull),
        ("127.example.org", .verifyFull), ("localhost.example.org", .verifyFull),
        ("localhost", .prefer), ("127.0.0.1", .prefer), ("127.1.2.3", .prefer), ("[::1]", .prefer),
        ("", .prefer),
    ])
    func `certificates are verified except on this machine`(
        host: String, mode: DatabaseAddress.TLSMode
    ) throws {
        let address = try DatabaseAddress(parsing: "postgres://\(host)/accounts")
        #expect(address.tlsMode(of: try #require(address.hosts.first)) == mode)
    }

    @Test func `the address decides about certificates for all of its servers`() throws {
        let address = try DatabaseAddress(
            parsing: "postgres://localhost,db/accounts?sslmode=require")
        #expect(address.hosts.map { address.tlsMode(of: $0) } == [.require, .require])
    }

    @Test(arguments: [
        "postgres://lunauth:hunter2@db/accounts", "postgres://lunauth:@db/accounts",
        "postgres://lunauth:hun/ter2@db/accounts", "postgres://lunauth:hun?ter2@db/accounts",
        "postgres://lunauth:hun@ter2@db/accounts",
        "postgres://db/accounts?password=hunter2", "postgres://db/accounts?sslpassword=hunter2",
    ])
    func `a password is refused, with words that say where it belongs`(text: String) throws {
        let error = try #require(throws: AddressError.self) { try DatabaseAddress(parsing: text) }
        #expect(error == .password)
        #expect(error.description.contains("LUNAUTH_DATABASE_PASSWORD_FILE"))
        #expect(!error.description.contains("ter2"))
    }

    @Test(arguments: [
        ("sqlite:lunauth", AddressError.notPostgreSQL), ("postgres:/db/accounts", .notPostgreSQL),
        ("postgres://db", .noDatabase), ("postgres://db/", .noDatabase),
        ("postgres://db:0/a", .host), ("postgres://db:65536/a", .host),
        ("postgres://db:05432/a", .host), ("postgres://db:+1/a", .host),
        ("postgres://db:/a", .host),
        ("postgres://db,/a", .host), ("postgres://[::1/a", .host), ("postgres://[::1]x/a", .host),
        ("postgres://a%2Cb/a", .host), ("postgres://run%2Fpg/a", .host),
        ("postgres://db/a%2", .escape), ("postgres://db/a%00", .escape),
        ("postgres://db/%FF", .escape),
        ("postgres://db/a?sslmod=prefer", .unknownParameter("sslmod")),
        ("postgres://db/a?options=-c", .unknownParameter("options")),
        ("postgres://db/a?sslmode=on", .value(.sslmode)),
        ("postgres://db/a?sslrootcert=ca.pem", .value(.sslrootcert)),
        ("postgres://db/a?connect_timeout=0", .value(.connectTimeout)),
        ("postgres://db/a?target_session_attrs=any", .value(.targetSessionAttributes)),
        ("postgres://db/a?sslmode=prefer&sslmode=require", .repeated(.sslmode)),
        ("postgres://db/a?host=/run/pg", .repeated(.host)),
        ("postgres://db:5433/a?port=5432", .repeated(.port)),
        ("postgres://db/a?sslmode=verify-ca", .noAuthority),
    ])
    func `what is no address is refused for its reason`(text: String, reason: AddressError) {
        #expect(throws: reason) { try DatabaseAddress(parsing: text) }
    }
}
