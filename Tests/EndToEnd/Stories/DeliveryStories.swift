import Testing

extension EndToEnd {
    /// Delivery failures.
    @Suite struct DeliveryStories {
        @Test func `a mail server that is down loses no mail and delays no request`() throws {
            let post = try DaemonWithMail(isDown: true)
            let person = try post.client.signUp()
            let list = try Waiting.value(of: "a failed attempt") {
                let list = try post.daemon.home.run("mail", "list").output
                return list.contains("\t1\t") ? list : nil
            }
            #expect(list.contains(person.email) && list.contains("welcome"))

            // The queue survives the process that filled it.
            try post.daemon.kill()
            try post.mailServer.comeUp()
            let settings = DaemonWithMail.settings(for: post.mailServer)
            let heir = try Daemon(in: post.daemon.home, settings: settings)
            let id = String(list.prefix(36))
            let retry = try heir.home.run("mail", "retry", settings: settings)
            #expect(retry.output == "1 mail is tried again\n", "one that waits, too")
            let mail = try post.mailServer.mail(to: person.email)
            #expect(mail["Message-ID"]?.contains(id) == true)
            try Waiting.until("the outbox to be empty") {
                try heir.home.run("mail", "list", settings: settings).output.isEmpty
            }
        }

        @Test func `a mail that is refused permanently is kept and can be retried`()
            throws
        {
            let post = try DaemonWithMail()
            let email = "nobody@\(Fresh.word()).example.com"
            _ = try post.client.signUp(email: email)
            func deadLetter(_ attempts: Int) throws -> Substring {
                try Waiting.value(of: "a dead letter") {
                    let list = try post.daemon.home.run("mail", "list").output
                    return list.split(separator: "\n").first {
                        $0.contains("\t\(attempts)\tgiven up\t")
                    }
                }
            }
            let line = try deadLetter(1)
            #expect(line.contains(email) && line.contains("550"))
            let retry = try post.daemon.home.run("mail", "retry")
            #expect(retry.output.hasPrefix("1 mail "))
            _ = try deadLetter(2)
            let unknown = try post.daemon.home.run(
                "mail", "retry", "11111111-1111-4111-8111-111111111111")
            #expect(unknown.ending == .exited(1))
        }

        @Test func `mails are sent in the order in which they were written`() throws {
            let post = try DaemonWithMail(isDown: true)
            let people = try (0..<3).map { _ in try post.client.signUp() }
            try Waiting.until("failed attempts") {
                let list = try post.daemon.home.run("mail", "list").output
                return list.split(separator: "\n").allSatisfy { $0.contains("\t1\t") }
            }
            try post.mailServer.comeUp()
            let ids = try post.daemon.home.run("mail", "list").output.split(separator: "\n")
                .map { String($0.prefix(36)) }
            #expect(ids.count == 3)
            for id in ids.reversed() { _ = try post.daemon.home.run("mail", "retry", id) }
            try Waiting.until("all mails") { try post.mailServer.mails.count == 3 }
            #expect(try post.mailServer.mails.flatMap(\.recipients) == people.map(\.email))
        }
    }
}

extension EndToEnd {
    /// Notices to the owner before the address is confirmed.
    @Suite struct OwnerNoticeStories {
        @Test func `notices to an owner are held back until the address is confirmed`() throws {
            let mailServer = try MailServer(.starttls, asksForLogin: true)
            let (daemon, owner) = try Daemon.setUp(
                settings: DaemonWithMail.settings(for: mailServer))
            let link = try #require(try mailServer.mail(to: owner.email).link)
            let token = try #require(link.split(separator: "token=").last.map(String.init))
            Secrets.protect(token)
            let watcher = try daemon.watcher
            let before = try watcher.send(.get("/readyz"))
            #expect(before.status == 200)
            #expect(
                String(decoding: before.body, as: UTF8.self).contains(
                    "notices to the owner \(owner.id) are held back"))
            let renewal = try Call.post(
                "/auth/password/change",
                [
                    "currentPassword": .string(owner.password),
                    "newPassword": .string(Fresh.password()),
                ])
            #expect(try daemon.client.send(renewal.bearer(owner.token)).status == 200)
            try daemon.line(
                containing: "a mail (passwordChanged) of account \(owner.id) was not sent")
            let scrape = try watcher.send(.get("/metrics"))
            #expect(
                String(decoding: scrape.body, as: UTF8.self).contains(
                    "lunauth_mails_refused_total{reason=\"unconfirmed\"} 1\n"))
            let confirm = try Call.post("/auth/email/verify", ["token": .string(token)])
            #expect(try daemon.client.send(confirm.bearer(owner.token)).status == 200)
            #expect(try watcher.send(.get("/readyz")).json["details"] == [])
        }
    }
}
