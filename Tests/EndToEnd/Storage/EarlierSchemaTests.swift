import Testing

extension EndToEnd {
    /// Upgrades from earlier versions.
    @Suite(.choosesDatabase) struct EarlierSchemaTests {
        /// The database of an earlier version.
        private func home(_ script: String) throws -> Home {
            let home = try Home()
            try EarlierSchema.make(script, in: home)
            return home
        }

        @Test(arguments: EarlierSchema.scripts)
        func `accounts, sessions and keys of an earlier version stay valid`(script: String) throws {
            let daemon = try Daemon(in: home(script))
            let token = "YSBzZXNzaW9uIG9mIGFuIGVhcmxpZXIgdmVyc2lvbiE"
            let me = try daemon.client.send(.get("/auth/me").cookie(token))
            #expect(me.status == 200 && me.json["name"] == "Ada Łovelace")
            #expect(try logInAda(at: daemon.client) == 200)
            let owner = try daemon.client.send(.logIn("owner@example.com", "an owner of words"))
            #expect(owner.json["user"]?["role"] == "owner")
            try daemon.client.send(.logIn("grace@example.com", "your-password"))
                .expect(403, "pending_approval")
            #expect(try daemon.client.send(.get("/auth/config")).json["approval"] == false)
            guard script.hasSuffix("schema-1.sql") else {
                let key = "luna_FixtureFixtureFixtureFixture12340k065K"
                #expect(try daemon.client.send(.get("/auth/me").bearer(key)).status == 200)
                return
            }
        }

        @Test(arguments: EarlierSchema.scripts)
        func `a backup of an earlier version is restored into the current one`(script: String)
            throws
        {
            let earlier = try home(script)
            #expect(try earlier.run("backup", "one.db").ending == .exited(0))
            let home = try Home()
            try home.write("data/secret.key", try #require(earlier.read("data/secret.key")))
            let restore = try home.run("restore", "\(earlier.path)/one.db")
            #expect(restore.ending == .exited(0))
            let daemon = try Daemon(in: home)
            #expect(try logInAda(at: daemon.client) == 200)
        }

        /// Signs in with the password and, since there are factors, a recovery code.
        ///
        /// - Returns: The status of the last response.
        private func logInAda(at client: Client) throws -> Int {
            let first = try client.send(.logIn("ada@example.com", "min8chars"))
            guard let challenge = first.json["challenge"] else { return first.status }
            return try client.send(.recoveryCode("2V74-YCMQ-H77U-3EUC", for: challenge)).status
        }
    }
}
