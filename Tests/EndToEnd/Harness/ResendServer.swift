/// A replacement for the HTTPS API of Resend on a port of 127.0.0.1, which stores every request.
final class ResendServer: Sendable {
    /// A request.
    struct Request: Sendable {
        fileprivate let json: JSON

        /// `POST /emails HTTP/1.1`.
        var line: String { json["line"]?.text ?? "" }
        /// The content.
        var body: JSON { json["body"] ?? .null }
        /// The number of the connection, the same for all its requests.
        var connection: Int { Int(json["connection"]?.number ?? 0) }

        /// The values of a header field.
        subscript(name: String) -> [String] {
            (json["fields"]?.elements ?? []).filter {
                $0.elements.first?.text?.lowercased() == name.lowercased()
            }.compactMap { $0.elements.last?.text }
        }
    }

    /// A response.
    struct Reply: Sendable {
        let status: Int
        var body: JSON = [:]
        /// How many extra bytes to send.
        var padding = 0
    }

    /// The PEM file of the authority that signed its certificate.
    var caFile: String { "\(home.path)/ca.pem" }
    /// The URL that mails are posted to.
    var url: String { "https://127.0.0.1:\(port)/emails" }
    private let home: Home
    private let process: ChildProcess
    private let port: Int

    /// Starts a server.
    ///
    /// - Parameters:
    ///   - replies: The responses, in order; the last one is repeated.
    ///   - idleSeconds: How long it keeps an idle connection.
    ///   - host: The host of its certificate.
    /// - Throws: When it does not start.
    init(
        answering replies: [Reply], idleSeconds: Double = 300,
        certificateFor host: String = "127.0.0.1"
    ) throws {
        home = try Home()
        let replies = replies.map { reply -> JSON in
            [
                "status": .number(Double(reply.status)), "body": reply.body,
                "padding": .number(Double(reply.padding)),
            ]
        }
        process = try Python.start(
            Certificates.script + Self.script,
            given: [
                "replies": .array(replies), "idleSeconds": .number(idleSeconds),
                "host": .string(host),
            ], in: home)
        port = try home.port(announcedBy: process, as: "up")
    }

    /// All requests so far, in order.
    ///
    /// - Throws: When one cannot be read.
    var requests: [Request] {
        get throws { try home.jsonLines("requests").map(Request.init) }
    }

    /// Waits until it has closed a connection.
    ///
    /// - Parameter connection: The number of the connection in its requests.
    /// - Throws: When it has not in time.
    func waitForClose(ofConnection connection: Int) throws {
        try Waiting.until("the end of connection \(connection)") {
            home.read("output")?.contains("closed \(connection)\n") == true
        }
    }

    private static let script = """
        import http.server

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = given["idleSeconds"]

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                print(json.dumps({
                    "line": self.requestline, "fields": list(self.headers.items()),
                    "body": json.loads(body), "connection": self.client_address[1],
                }), file=requests, flush=True)
                replies = given["replies"]
                reply = replies.pop(0) if len(replies) > 1 else replies[0]
                answer = json.dumps(reply["body"]).encode() + b" " * int(reply["padding"])
                self.send_response(int(reply["status"]))
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *words):
                pass

            def finish(self):
                super().finish()
                self.connection.close()
                print("closed", self.client_address[1])

        requests = open("requests", "w")
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.socket = tls(given["host"]).wrap_socket(server.socket, server_side=True)
        print("up", server.server_port)
        server.serve_forever()
        """
}
