import Glibc

/// A connection to a server: sends requests, or any bytes, and parses responses strictly.
final class HTTPConnection {
    private let descriptor: Int32
    private let host: String
    private var received: [UInt8] = []
    /// For each outstanding response, whether it is to HEAD.
    private var isToHead: [Bool] = []

    /// Connects.
    ///
    /// - Throws: When no server listens there.
    init(to address: Address) throws {
        descriptor = try address.connect()
        host = address.authority
    }

    deinit {
        close(descriptor)
    }

    /// Sends requests in one piece.
    ///
    /// - Throws: When the server does not receive them.
    func send(_ calls: Call...) throws {
        isToHead += calls.map { $0.method == "HEAD" }
        try send(bytes: calls.flatMap { $0.encoded(host: host) })
    }

    /// Sends any text, which need not be a request.
    ///
    /// - Throws: When the server does not receive it.
    func send(text: String) throws {
        try send(bytes: Array(text.utf8))
    }

    /// Sends any bytes.
    ///
    /// - Throws: When the server does not receive them.
    func send(bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw HarnessError("send: error \(errno)") }
            rest = rest.dropFirst(count)
        }
    }

    /// Half-closes the connection; responses are still read.
    func endOutput() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Sends a request and reads its response.
    ///
    /// - Throws: When there is no response, or one that violates RFC 9112.
    func exchange(_ call: Call) throws -> HTTPResponse {
        try send(call)
        return try readResponse()
    }

    /// Reads the next response.
    ///
    /// - Throws: When there is no response, or one that violates RFC 9112.
    func readResponse() throws -> HTTPResponse {
        let isToHead = isToHead.isEmpty ? false : isToHead.removeFirst()
        let (status, fields) = try readHead()
        let lengths = fields.filter { $0.name.lowercased() == "content-length" }.map(\.value)
        var body: [UInt8] = []
        if status == 204 {
            guard lengths.isEmpty else { throw HarnessError("204 with Content-Length") }
        } else {
            guard lengths.count == 1, let length = Int(lengths[0]) else {
                throw HarnessError("Content-Length: \(lengths)")
            }
            if !isToHead {
                try receive(atLeast: length)
                body = Array(received.prefix(length))
                received.removeFirst(length)
            }
        }
        let answer = HTTPResponse(status: status, fields: fields, body: body)
        Secrets.protect(answer.cookie)
        Secrets.protect(answer.json["token"]?.text)
        answer.checkGeneralRules(isToHead: isToHead)
        return answer
    }

    /// Reads an interim response.
    ///
    /// - Returns: Its status.
    /// - Throws: When there is something else, or nothing.
    func readInterim() throws -> Int {
        let (status, fields) = try readHead()
        guard status / 100 == 1, fields.isEmpty else {
            throw HarnessError("\(status), not interim")
        }
        return status
    }

    /// Whether the server closes the connection without sending anything before.
    ///
    /// - Throws: When it does neither for 10 seconds.
    func isClosed() throws -> Bool {
        guard received.isEmpty else { return false }
        return try !receive()
    }

    private func readHead() throws -> (Int, [(name: String, value: String)]) {
        var end: Int?
        while end == nil {
            end = received.indices.dropLast(3).first {
                received[$0...].starts(with: "\r\n\r\n".utf8)
            }
            if end == nil, try !receive() {
                throw HarnessError("the connection ended instead of an answer")
            }
        }
        let text = String(decoding: received[..<(end ?? 0)], as: UTF8.self)
        received.removeFirst((end ?? 0) + 4)
        let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
        guard let match = lines[0].wholeMatch(of: /HTTP\/1\.1 ([1-5][0-9][0-9]) [A-Za-z ]+/),
            let status = Int(match.1)
        else { throw HarnessError("status line: \(lines[0])") }
        let fields = try lines.dropFirst().map { line in
            guard let match = line.wholeMatch(of: /([A-Za-z-]+): ([\x20-\x7E]+)/) else {
                throw HarnessError("field line: \(line)")
            }
            return (name: String(match.1), value: String(match.2))
        }
        return (status, fields)
    }

    private func receive(atLeast count: Int) throws {
        while received.count < count {
            guard try receive() else { throw HarnessError("the connection ended in an answer") }
        }
    }

    /// Receives some bytes; false at the end of the input.
    private func receive() throws -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        let code = errno
        // A server that closes with unread input sends a reset: the end as well.
        guard count >= 0 || code == ECONNRESET else { throw HarnessError("recv: error \(code)") }
        received += buffer.prefix(max(0, count))
        return count > 0
    }
}
