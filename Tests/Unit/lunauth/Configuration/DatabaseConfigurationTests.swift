import Auth
import PostgreSQLStore
import Testing

@testable import lunauth

/// Where accounts are stored.
struct DatabaseConfigurationTests {
    private let address = "postgres://auth@db.example.org/accounts"

    @Test(arguments: [
        #"{"database":"postgres://auth@db.example.org/accounts"}"#,
        #"{"database":{"address":"postgres://auth@db.example.org/accounts"}}"#,
    ])
    func `the address is the value of the key, or a member beside the other keys`(
        file: String
    ) throws {
        let read = try layered(file: file)
        #expect(
            try read.checked().database.location
                == .postgreSQL(try DatabaseAddress(parsing: address)))
        #expect(read.report().contains("database = \(address) (/etc/lunauth/config.json)"))
    }

    @Test func `an object has the other keys`() throws {
        let values = try layered(
            file: """
                {"database": {"address": "\(address)", "pooling": "transaction",
                    "direct": "postgres://auth@direct/accounts", "staleSeconds": 0}}
                """
        ).checked().database
        #expect(values.pooling == .transaction && values.staleSeconds == 0)
        #expect(values.direct == (try DatabaseAddress(parsing: "postgres://auth@direct/accounts")))
        #expect(values.fileName == nil)
        #expect(try layered().checked().database.fileName == "lunauth")
    }

    @Test(arguments: ["database", "database.direct"])
    func `an address with a password is refused with what to do, and is not shown`(
        path: String
    ) throws {
        let variable = try #require(ConfigurationKey.all.first { $0.path == path }).variable
        let error = try #require(throws: ConfigurationError.self) {
            try layered(environment: [variable: "postgres://u:hunter2@h/n"])
        }
        #expect(error.description.hasPrefix("\(path) (environment \(variable)): the address"))
        #expect(error.description.contains("LUNAUTH_DATABASE_PASSWORD"))
        #expect(!error.description.contains("hunter2"))
    }

    @Test func `the password has a variable, and no key of a file`() throws {
        let read = try layered(environment: [
            "LUNAUTH_DATABASE": address, "LUNAUTH_DATABASE_PASSWORD": "hunter2",
        ])
        #expect(read.secrets[.databasePassword]?.text == "hunter2")
        #expect(!read.report().contains("hunter2"))
        #expect(throws: ConfigurationError.self) {
            try layered(file: #"{"database":{"password":"hunter2"}}"#)
        }
    }

    @Test func `what setup stored names no database of a server, and comes from it`() throws {
        var read = try layered(file: #"{"database":"\#(address)"}"#)
        read.apply(SetupRecord(databaseName: "other", websiteURL: Origin("https://a.example")))
        #expect(try read.checked().database.fileName == nil && read.warnings == [])
        #expect(read.report().contains("websiteUrl = https://a.example (database)"))
    }
}
