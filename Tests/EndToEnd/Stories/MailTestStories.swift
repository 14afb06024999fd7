import Testing

extension EndToEnd {
    /// How an operator checks whether mails are delivered.
    @Suite struct MailTestStories {
        @Test func `a test mail is delivered and the command reports it`() throws {
            let post = try DaemonWithMail()
            let email = Fresh.email()
            let settings = DaemonWithMail.settings(for: post.mailServer)
            let sent = try post.daemon.home.run("mail", "test", email, settings: settings)
            #expect(sent.ending == .exited(0) && sent.output == "sent to \(email)\n")
            let mail = try post.mailServer.mail(to: email)
            #expect(mail["Subject"]?.contains("test email") == true)
        }

        @Test func `a test mail that is refused is tried once and the command reports the reason`()
            throws
        {
            let post = try DaemonWithMail()
            let settings = DaemonWithMail.settings(for: post.mailServer)
            let email = "nobody@\(Fresh.word()).example.com"
            let refused = try post.daemon.home.run("mail", "test", email, settings: settings)
            #expect(refused.ending == .exited(1) && refused.errors.contains("550"))
            let list = try post.daemon.home.run("mail", "list", settings: settings)
            #expect(list.output.isEmpty)
        }

        @Test func `a hand-over notifies both owners by mail`() throws {
            let post = try DaemonWithMail()
            let settings = DaemonWithMail.settings(for: post.mailServer)
            let owner = post.owner
            let heir = try post.client.signUp()
            for person in [owner, heir] {
                let verified = try post.daemon.home.run(
                    "user", "verify", person.email, settings: settings)
                #expect(verified.ending == .exited(0))
            }
            let outcome = try post.daemon.home.run(
                "user", "role", heir.email, "owner", settings: settings)
            #expect(outcome.ending == .exited(0))
            for person in [owner, heir] {
                let mail = try Waiting.value(of: "the notice") {
                    try post.mailServer.mails.first {
                        $0.recipients == [person.email]
                            && $0["Subject"]?.contains("new owner") == true
                    }
                }
                #expect(mail.text.contains(heir.email) && mail.text.contains(owner.email))
            }
        }
    }
}
