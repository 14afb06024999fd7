import Testing

@testable import PostgreSQLStore

struct ConnectionAttemptTests {
    private func parameters(_ text: String) throws -> [String: String] {
        let address = try DatabaseAddress(parsing: text)
        let attempt = ConnectionAttempt(
            host: address.hosts[0], endpoint: .address("192.0.2.1"), address: address,
            library: try LibPQ.functions())
        return Dictionary(attempt.parameters, uniquingKeysWith: { first, _ in first })
    }

    @Test func `a server has to be writable, verified and watched`() throws {
        let parameters = try parameters("postgres://lunauth@db/accounts")
        #expect(parameters["host"] == "db")
        #expect(parameters["hostaddr"] == "192.0.2.1")
        #expect(parameters["sslmode"] == "verify-full")
        #expect(parameters["sslrootcert"] == ConnectionAttempt.systemAuthorities)
        #expect(parameters["target_session_attrs"] == "read-write")
        #expect(parameters["keepalives_idle"] == "10")
        #expect(parameters["application_name"] == "lunauth")
    }

    @Test func `the address has the last word`() throws {
        let parameters = try parameters(
            "postgres://db/accounts?sslrootcert=/etc/ca.pem&keepalives_idle=60&target_session_attrs=primary"
        )
        #expect(parameters["sslrootcert"] == "/etc/ca.pem")
        #expect(parameters["keepalives_idle"] == "60")
        #expect(parameters["target_session_attrs"] == "primary")
        #expect(parameters["user"] == nil)
    }
}
