import Glibc

/// A real mail server (aiosmtpd) on a port of 127.0.0.1, which stores every mail for the test.
///
/// The recipient's address selects the reply: `nobody@...` 550, `busy@...` 451, `spam@...` 554 after
/// the mail, with its links and their tokens; any other 250. A refused login is quoted in the reply.
final class MailServer: Sendable {
    /// How its connections are secured.
    enum Security: String, Sendable {
        /// By STARTTLS, and required.
        case starttls
        /// By TLS from the first byte.
        case tls
        /// Not at all.
        case none
    }

    /// The only login that it accepts, if it requires one.
    static let login = (user: "luna", password: "a secret of the mail server")

    /// The PEM file of the authority that signed its certificate.
    var caFile: String { "\(home.path)/ca.pem" }
    /// Its address.
    let port: Int
    /// Its directory.
    let home: Home
    private let process: ChildProcess

    /// Starts a server.
    ///
    /// - Parameters:
    ///   - security: How its connections are secured.
    ///   - asksForLogin: Whether it requires a login.
    ///   - isDown: Whether connections are refused until `comeUp`.
    ///   - idleSeconds: How long it keeps an idle connection.
    ///   - host: The host of its certificate.
    /// - Throws: When it does not start.
    init(
        _ security: Security, asksForLogin: Bool = false, isDown: Bool = false,
        idleSeconds: Double = 300, certificateFor host: String = "127.0.0.1"
    ) throws {
        let home = try Home()
        let given: JSON = [
            "security": .string(security.rawValue), "asksForLogin": .bool(asksForLogin),
            "user": .string(Self.login.user), "password": .string(Self.login.password),
            "isDown": .bool(isDown), "idleSeconds": .number(idleSeconds), "host": .string(host),
        ]
        Secrets.protect(Self.login.password)
        process = try Python.start(Certificates.script + Self.script, given: given, in: home)
        self.home = home
        port = try home.port(announcedBy: process, as: isDown ? "down" : "up")
    }

    /// Accepts connections from now on.
    ///
    /// - Throws: When it fails.
    func comeUp() throws {
        process.send(SIGUSR1)
        _ = try home.port(announcedBy: process, as: "up")
    }

    /// Waits until it has closed a connection.
    ///
    /// - Parameter connection: The number of the connection in its mails.
    /// - Throws: When it has not in time.
    func waitForClose(ofConnection connection: Int) throws {
        try Waiting.until("the end of connection \(connection)") {
            home.read("output")?.contains("closed \(connection)\n") == true
        }
    }

    /// All mails so far, in order.
    ///
    /// - Throws: When one cannot be read.
    var mails: [ReceivedMail] {
        get throws { try home.jsonLines("mails").map(ReceivedMail.init) }
    }

    /// Waits for mails to a recipient.
    ///
    /// - Parameters:
    ///   - recipient: The recipient.
    ///   - count: The number of mails.
    /// - Returns: The last of them.
    /// - Throws: When there are fewer in time.
    @discardableResult
    func mail(to recipient: String, count: Int = 1) throws -> ReceivedMail {
        try Waiting.value(of: "mail \(count) to \(recipient)") {
            let mails = try mails.filter { $0.recipients == [recipient] }
            return mails.count >= count ? mails.last : nil
        }
    }

    private static let script = """
        import asyncio, email, email.policy, signal, socket
        from aiosmtpd.smtp import SMTP, AuthResult

        def content(message, kind):
            return message.get_body((kind,)).get_content().replace("\\r\\n", "\\n")

        class Handler:
            async def handle_RCPT(self, server, session, envelope, address, options):
                word = address.split("@")[0]
                if word == "nobody": return f"550 5.1.1 <{address}>: no such person"
                if word == "busy": return "451 4.7.1 come again later"
                envelope.rcpt_tos.append(address)
                return "250 2.1.5 fine"

            async def handle_DATA(self, server, session, envelope):
                message = email.message_from_bytes(envelope.content, policy=email.policy.default)
                if envelope.rcpt_tos[0].startswith("spam@"):
                    words = [word for word in content(message, "plain").split() if "://" in word]
                    return "554 5.7.1 spam: " + " ".join(
                        words + [word.split("=")[-1] for word in words if "=" in word])
                print(json.dumps({
                    "hello": session.host_name,
                    "login": session.auth_data.login.decode() if session.auth_data else None,
                    "isSecure": server.transport.get_extra_info("sslcontext") is not None,
                    "connection": session.peer[1],
                    "sender": envelope.mail_from,
                    "recipients": envelope.rcpt_tos,
                    "headers": [[name, str(value)] for name, value in message.items()],
                    "text": content(message, "plain"),
                    "html": content(message, "html"),
                    "defects": [repr(defect) for part in message.walk() for defect in part.defects],
                    "longestLine": max(len(line) for line in envelope.content.split(b"\\r\\n")),
                }), file=mails, flush=True)
                return "250 2.0.0 queued"

        def authenticate(server, session, envelope, mechanism, data):
            user, password = data.login.decode(), data.password.decode()
            if (user, password) == (given["user"], given["password"]):
                return AuthResult(success=True, auth_data=data)
            import base64
            sent = base64.b64encode(f"\\0{user}\\0{password}".encode()).decode()
            return AuthResult(
                success=False, handled=False, message=f"535 5.7.8 not {user} {password} {sent}")

        class Connection(SMTP):
            def _timeout_cb(self):
                super()._timeout_cb()
                print("closed", self.session.peer[1])

        def protocol():
            starttls = given["security"] == "starttls"
            return Connection(
                Handler(), hostname="mail.test", tls_context=context if starttls else None,
                require_starttls=starttls, auth_required=given["asksForLogin"],
                auth_require_tls=starttls, authenticator=authenticate,
                timeout=given["idleSeconds"], loop=loop)

        async def serve():
            up = asyncio.Event()
            # Blocked on the threads of the tests, and so in all that they start.
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGUSR1})
            loop.add_signal_handler(signal.SIGUSR1, up.set)
            listener = socket.socket()
            listener.bind(("127.0.0.1", 0))
            port = listener.getsockname()[1]
            if given["isDown"]:
                print("down", port)
                await up.wait()
            await loop.create_server(
                protocol, sock=listener, ssl=context if given["security"] == "tls" else None)
            print("up", port)
            await asyncio.Event().wait()

        mails = open("mails", "w")
        context = tls(given["host"])
        loop = asyncio.new_event_loop()
        loop.run_until_complete(serve())
        """
}

/// A mail that the server received, parsed by Python's email package.
struct ReceivedMail: Sendable {
    private let json: JSON

    /// A line of the server's output.
    init(_ json: JSON) { self.json = json }

    /// The sender of the envelope.
    var sender: String { json["sender"]?.text ?? "" }
    /// The recipients of the envelope.
    var recipients: [String] { (json["recipients"]?.elements ?? []).compactMap(\.text) }
    /// The header fields, decoded, in order.
    var headers: [(name: String, value: String)] {
        (json["headers"]?.elements ?? []).map { pair in
            (pair.elements.first?.text ?? "", pair.elements.last?.text ?? "")
        }
    }
    /// The plain text.
    var text: String { json["text"]?.text ?? "" }
    /// The HTML part.
    var html: String { json["html"]?.text ?? "" }
    /// The defects that Python's email package finds.
    var defects: [String] { (json["defects"]?.elements ?? []).compactMap(\.text) }
    /// The length of the longest line.
    var longestLine: Int { Int(json["longestLine"]?.number ?? 0) }
    /// The client's name in its greeting.
    var hello: String { json["hello"]?.text ?? "" }
    /// The user that logged in; nil without a login.
    var login: String? { json["login"]?.text }
    /// Whether it was received over TLS.
    var isSecure: Bool { json["isSecure"] == true }
    /// The number of the connection, the same for all its mails.
    var connection: Int { Int(json["connection"]?.number ?? 0) }

    /// The value of a header field that occurs once; nil otherwise.
    subscript(name: String) -> String? {
        let values = headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
        return values.count == 1 ? values[0] : nil
    }

    /// The first link in the text.
    var link: String? {
        text.split(whereSeparator: \.isWhitespace).first { $0.contains("://") && $0.contains("?") }
            .map(String.init)
    }
}

extension Home {
    /// The values that a process has written so far, one for each line.
    ///
    /// - Throws: When a line is not JSON.
    func jsonLines(_ name: String) throws -> [JSON] {
        try (read(name) ?? "").split(separator: "\n", omittingEmptySubsequences: false)
            // The last line may be incomplete.
            .dropLast().map { try JSON(Array($0.utf8)) }
    }

    /// Waits for a line of output with a word and a port.
    ///
    /// - Throws: When the process ends before, or does not write it in time.
    func port(announcedBy process: ChildProcess, as word: String) throws -> Int {
        try Waiting.value(within: 30, of: "a server that is \(word)") {
            let hasEnded = process.presentEnding != nil
            let lines = (read("output") ?? "").split(
                separator: "\n", omittingEmptySubsequences: false
            ).dropLast()
            if let line = lines.first(where: { $0.hasPrefix("\(word) ") }) {
                return Int(line.dropFirst(word.count + 1))
            }
            if hasEnded { throw HarnessError("the server ended: \(read("errors") ?? "")") }
            return nil
        }
    }
}
