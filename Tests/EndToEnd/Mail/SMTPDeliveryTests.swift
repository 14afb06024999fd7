import Mail
import Testing

extension EndToEnd {
    /// Delivery to a real mail server.
    @Suite struct SMTPDeliveryTests {
        private func configuration(
            _ server: MailServer, _ security: MailServer.Security, _ members: [String: JSON] = [:]
        ) -> JSON {
            let smtp: JSON = [
                "host": "127.0.0.1", "port": .number(Double(server.port)),
                "security": .string(security.rawValue), "caFile": .string(server.caFile),
            ]
            return [
                "transport": "smtp", "from": ["name": "Luna", "address": "luna@example.com"],
                "website": "https://login.example.com", "timeoutSeconds": 20,
                "smtp": smtp.with(members),
            ]
        }

        private let login: [String: JSON] = [
            "username": .string(MailServer.login.user),
            "password": .string(MailServer.login.password),
        ]

        @Test(arguments: [MailServer.Security.starttls, .tls, .none])
        func `the server is tried up to the login, without a mail`(
            security: MailServer.Security
        ) throws {
            let server = try MailServer(security, asksForLogin: security != .none)
            let members = security == .none ? [:] : login
            let trial = ["triesServer": true] as [String: JSON]
            let mailer = try Mailer(configuration(server, security, members).with(trial))
            #expect(
                try mailer.frame(1) == ["id": "attempt", "outcome": "sent", "detail": "NOOP: 250"])
            #expect(try mailer.wait() == .exited(0), "it takes no orders")
            #expect(try server.mails.isEmpty)
        }

        @Test
        func `a login that is refused when the server is tried is named, without the password`()
            throws
        {
            let server = try MailServer(.starttls, asksForLogin: true)
            let wrong = login.merging(["password": "a wrong secret"]) { $1 }
            Secrets.protect("a wrong secret")
            let mailer = try Mailer(
                configuration(server, .starttls, wrong).with(["triesServer": true]))
            let receipt = try mailer.frame(1)
            #expect(receipt["outcome"] == "deferred")
            #expect(receipt["detail"]?.text?.hasPrefix("AUTH: 535") == true)
        }

        @Test func `a mail is delivered over STARTTLS after a login`() throws {
            let server = try MailServer(.starttls, asksForLogin: true)
            let mailer = try Mailer(configuration(server, .starttls, login))
            let order = Mailer.Order()
            let receipt = try mailer.carryOut(order)
            #expect(receipt["outcome"] == "sent")
            #expect(receipt["detail"] == "250 2.0.0 queued")
            let mail = try server.mail(to: order.recipient)
            #expect(mail.isSecure)
            #expect(mail.login == MailServer.login.user)
            #expect(mail.hello == "login.example.com")
            #expect(mail.sender == "luna@example.com")
            #expect(mail["From"] == "Luna <luna@example.com>")
            #expect(mail["To"] == order.recipient)
            #expect(mail["Subject"] == "Choose a new password")
            #expect(mail["Message-ID"] == "<\(order.id)@login.example.com>")
            #expect(mail["Date"] == "Mon, 21 Sep 2026 14:13:20 +0000")
            #expect(mail["Auto-Submitted"] == "auto-generated")
            #expect(mail["X-Auto-Response-Suppress"] == "All")
            #expect(mail.text.hasPrefix("Hello Ada,\n\nA new password was requested"))
            #expect(mail.link == order.link)
            #expect(mail.html.contains("href=\"\(order.link)\""))
            #expect(mail.defects == [])
            #expect(mail.longestLine <= 78)
            #expect(try mailer.end() == .exited(0))
        }

        @Test(arguments: [MailServer.Security.starttls, .tls, .none])
        func `mails are delivered over one connection`(security: MailServer.Security) throws {
            let server = try MailServer(security)
            let mailer = try Mailer(configuration(server, security))
            let orders = (0..<3).map { _ in Mailer.Order() }
            for order in orders { #expect(try mailer.carryOut(order)["outcome"] == "sent") }
            let mails = try server.mails
            #expect(mails.map(\.recipients) == orders.map { [$0.recipient] })
            #expect(mails.allSatisfy { $0.isSecure == (security != .none) && $0.login == nil })
            #expect(Set(mails.map(\.connection)).count == 1)
        }

        @Test func `every kind of mail is delivered`() throws {
            let server = try MailServer(.starttls)
            let mailer = try Mailer(configuration(server, .starttls))
            for kind in MailKind.allCases {
                let names = kind.requiredValues.union(kind.optionalValues)
                    .subtracting(["name", "link"])
                let order = Mailer.Order(
                    kind.rawValue,
                    values: Dictionary(
                        uniqueKeysWithValues: names.map { ($0, JSON.string("ü" + $0)) }))
                #expect(try mailer.carryOut(order)["outcome"] == "sent", "\(kind)")
                let mail = try server.mail(to: order.recipient)
                #expect(mail.defects == [], "\(kind)")
                #expect(mail["Subject"]?.isEmpty == false, "\(kind)")
                let greets = kind.requiredValues.union(kind.optionalValues).contains("name")
                #expect(mail.text.hasPrefix("Hello Ada,\n") == greets, "\(kind)")
                #expect(mail.html.contains("<p>Hello Ada,</p>") == greets, "\(kind)")
            }
        }

        @Test func `a reply about a mail affects only that mail`() throws {
            let server = try MailServer(.starttls)
            let mailer = try Mailer(configuration(server, .starttls))
            let refusals = [
                (
                    "nobody@example.com", "rejected",
                    "RCPT: 550 5.1.1 <nobody@example.com>: no such person"
                ), ("busy@example.com", "deferred", "RCPT: 451 4.7.1 come again later"),
                (
                    "spam@example.com", "rejected",
                    "DATA: 554 5.7.1 spam: (https://login.example.com). *** "
                        + "https://login.example.com ***"
                ),
            ]
            for (recipient, outcome, detail) in refusals {
                let receipt = try mailer.carryOut(.init(to: recipient))
                #expect(receipt["outcome"]?.text == outcome)
                #expect(receipt["detail"]?.text == detail)
                let order = Mailer.Order()
                #expect(try mailer.carryOut(order)["outcome"] == "sent")
                #expect(try server.mails.last?.recipients == [order.recipient])
            }
            #expect(try server.mails.count == refusals.count)
        }

        @Test func `a wrong password defers and is not in the result`() throws {
            let server = try MailServer(.starttls, asksForLogin: true)
            let password = Fresh.password()
            Secrets.protect(password)
            let mailer = try Mailer(
                configuration(
                    server, .starttls, ["username": "luna", "password": .string(password)]))
            let receipt = try mailer.carryOut(.init())
            #expect(receipt["outcome"] == "deferred")
            #expect(receipt["detail"] == "AUTH: 535 5.7.8 not luna *** ***")
            #expect(try server.mails.isEmpty)
        }

        @Test func `a missing login defers`() throws {
            let server = try MailServer(.starttls, asksForLogin: true)
            let receipt = try Mailer(configuration(server, .starttls)).carryOut(.init())
            #expect(receipt["outcome"] == "deferred")
            #expect(receipt["detail"]?.text?.hasPrefix("MAIL: 530 ") == true)
        }

        @Test func `a server that is down loses no mail`() throws {
            let server = try MailServer(.starttls, isDown: true)
            let mailer = try Mailer(configuration(server, .starttls))
            let order = Mailer.Order()
            let receipt = try mailer.carryOut(order)
            #expect(receipt["outcome"] == "deferred")
            #expect(receipt["detail"]?.text?.hasPrefix("curl 7: ") == true)
            try server.comeUp()
            #expect(try mailer.carryOut(order)["outcome"] == "sent")
            #expect(try mailer.carryOut(order)["outcome"] == "sent")
            let mails = try server.mails
            #expect(mails.count == 2)
            #expect(Set(mails.map { $0["Message-ID"] }) == ["<\(order.id)@login.example.com>"])
        }

        @Test(arguments: [MailServer.Security.starttls, .none])
        func `a connection closed by the server is opened again`(
            security: MailServer.Security
        ) throws {
            let server = try MailServer(security, idleSeconds: 2)
            let mailer = try Mailer(configuration(server, security))
            #expect(try mailer.carryOut(.init())["detail"] == "250 2.0.0 queued")
            let first = try #require(try server.mails.first)
            try server.waitForClose(ofConnection: first.connection)
            #expect(try mailer.carryOut(.init())["detail"] == "250 2.0.0 queued")
            #expect(Set(try server.mails.map(\.connection)).count == 2)
        }

        @Test func `a mail is never sent without TLS`() throws {
            let server = try MailServer(.none)
            let mailer = try Mailer(configuration(server, .starttls, login))
            let receipt = try mailer.carryOut(.init())
            #expect(receipt["outcome"] == "deferred")
            #expect(receipt["detail"]?.text?.hasPrefix("curl 64: ") == true)
            #expect(try server.mails.isEmpty)
        }

        @Test(arguments: [MailServer.Security.starttls, .tls])
        func `a certificate for another host defers`(security: MailServer.Security) throws {
            let server = try MailServer(security, certificateFor: "other.example")
            let receipt = try Mailer(configuration(server, security)).carryOut(.init())
            #expect(receipt["outcome"] == "deferred")
            #expect(receipt["detail"]?.text?.hasPrefix("curl 60: ") == true)
            #expect(try server.mails.isEmpty)
        }

        @Test(arguments: [MailServer.Security.starttls, .tls])
        func `a certificate of an unknown authority defers`(
            security: MailServer.Security
        ) throws {
            let server = try MailServer(security)
            let other = try MailServer(.tls)
            let trusts: [JSON] = [.string(other.caFile), .null]
            for file in trusts {
                let mailer = try Mailer(configuration(server, security, ["caFile": file]))
                let receipt = try mailer.carryOut(.init())
                #expect(receipt["outcome"] == "deferred")
                #expect(receipt["detail"]?.text?.hasPrefix("curl 60: ") == true)
            }
            #expect(try server.mails.isEmpty)
        }

        @Test func `a silent server takes no longer than the configured timeout`() throws {
            let silent = try Listener()
            guard case .ipv4(let port) = silent.address else { throw HarnessError("no port") }
            let configuration: JSON = [
                "transport": "smtp", "from": ["address": "luna@example.com"],
                "website": "http://127.0.0.1:8080", "timeoutSeconds": 1,
                "smtp": [
                    "host": "127.0.0.1", "port": .number(Double(port)), "security": "none",
                ],
            ]
            let receipt = try withExtendedLifetime(silent) {
                try Mailer(configuration).carryOut(.init())
            }
            #expect(receipt["outcome"] == "deferred")
            #expect(receipt["detail"]?.text?.hasPrefix("curl 28: ") == true)
        }
    }
}
