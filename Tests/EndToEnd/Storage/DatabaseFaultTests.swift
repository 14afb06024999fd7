import Glibc
import Testing

extension EndToEnd {
    /// Database failures as clients see them.
    @Suite(.choosesDatabase) struct DatabaseFaultTests {
        @Test func `while another process locks the database, writes are 503 and nothing is lost`()
            throws
        {
            let daemon = try Daemon(settings: ["LUNAUTH_LIMITS_ENABLED": "true"])
            let owner = try daemon.client.setUp()
            let person = try daemon.client.signUp()
            #expect(try daemon.client.me(person).status == 200)
            let lock = try DatabaseLock(in: daemon.home)

            // At most four requests from one address may wait for a hash.
            let login = try Call.logIn(person.email, person.password)
            let calls = [
                login, login, login, login,
                try .signUp(Fresh.email()).from("192.0.2.1"),
                try .post("/auth/logout").cookie(person.cookie),
                .get("/auth/logout").bearer(person.token),
                try .post("/auth/config/update", ["signup": false]).bearer(owner.token),
            ]
            for _ in 1...3 {
                for answer in try daemon.client.sendAtOnce(calls) {
                    answer.expect(503, "unavailable")
                }
            }
            try daemon.client.logIn(person, password: "wrong password")
                .expect(401, "invalid_credentials")
            #expect(try daemon.client.me(person).status == 200, "reading goes on")
            #expect(try daemon.client.send(.get("/auth/config")).json["signup"] == true)
            #expect(try daemon.line(containing: " ERROR fault ").contains("detail="))

            try lock.release()
            #expect(
                try daemon.client.logIn(person).status == 200,
                "twelve faults of the server are no failed attempts")
            #expect(try daemon.client.me(person).status == 200)
            #expect(try daemon.client.signUp().id != "")
            #expect(try daemon.client.update(["signup": false], as: owner).status == 200)
        }

        @Test func `a setup during the lock is 503 and can be repeated`() throws {
            let daemon = try Daemon()
            let lock = try DatabaseLock(in: daemon.home)
            let body: JSON = [
                "username": "The Owner", "email": .string(Fresh.email()),
                "password": .string(Fresh.password()), "databaseName": "chosen",
            ]
            try daemon.client.send(.post("/auth/setup", body)).expect(503, "unavailable")
            #expect(!daemon.home.has("data/setup.json"))
            #expect(!daemon.home.has("data/chosen.db"))
            try lock.release()
            #expect(try daemon.client.send(.post("/auth/setup", body)).status == 201)
        }

        @Test func `a command during the lock reports it`() throws {
            let daemon = try Daemon()
            let lock = try DatabaseLock(in: daemon.home)
            let command = try daemon.home.run(
                "user", "create", Fresh.email(), input: "secret of Hopper\n")
            #expect(command.ending != .exited(0))
            #expect(!command.errors.isEmpty)
            try lock.release()
        }
    }
}
