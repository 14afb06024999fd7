import HTTP

@testable import Server

/// A connection with everything around it made of plain values.
struct Exchange {
    /// The connection that is tried.
    var connection = Connection(peer: .address(.v4(0x0102_0304), port: 5), now: 0)
    /// Answers its requests.
    let responder = FakeResponder()
    /// The time.
    var now: UInt64 = 0
    /// Whether the server is about to end.
    var isDraining = false
    /// How many bytes the socket takes in one step; nil for all.
    var window: Int?
    /// What went out, one text a step.
    var sent: [String] = []
    /// The request that is away.
    var forward: Connection.Forward?
    /// What the last step asked of the socket.
    var step = Connection.Step.proceed

    /// Everything that went out.
    var wire: String { sent.joined() }

    /// The status codes and contents of the answers that went out.
    var statuses: [String] {
        wire.split(separator: "HTTP/1.1 ").map { String($0.prefix(3)) }
    }

    /// A step in which this text is received.
    mutating func receive(_ text: String) {
        let bytes = Array(text.utf8)
        step { connection, turn, output in
            connection.receive(bytes.span, in: turn, output: &output)
        }
    }

    /// A step in which the input ends.
    mutating func endInput() {
        step { connection, _, _ in
            connection.endInput()
            return nil
        }
    }

    /// A step in which the request that is away is answered.
    mutating func answer() {
        guard let request = forward?.request else { return }
        let response = FakeResponder.answer(String(decoding: request.path, as: UTF8.self))
        forward = nil
        step { connection, turn, output in
            connection.answer(response, in: turn, output: &output)
        }
    }

    /// A step in which what is waited for takes too long.
    ///
    /// - Parameter seconds: How long it has taken.
    mutating func expire(after seconds: UInt64 = 1_000) {
        guard let wait = connection.wait else { return }
        now = connection.waitingSince + seconds * 1_000_000_000
        step { connection, turn, output in
            connection.expire(wait, TimeoutLimits(Timeouts()), in: turn, output: &output)
            return nil
        }
    }

    /// A step in which the socket takes what is left, and parsing goes on.
    mutating func drain() {
        let rest = connection.unsent.dropFirst(connection.firstUnsent)
        sent.append(String(decoding: rest, as: UTF8.self))
        connection.didSend(rest.count)
        step { connection, turn, output in
            connection.canResume ? connection.resume(in: turn, output: &output) : nil
        }
    }

    private mutating func step(
        _ body: (inout Connection, Connection.Turn, inout [UInt8]) -> Connection.Forward?
    ) {
        let turn = Connection.Turn(
            responder: responder, date: Array("DATE".utf8), now: now, isDraining: isDraining)
        var output: [UInt8] = []
        if let forward = body(&connection, turn, &output) { self.forward = forward }
        let taken = connection.hasUnsent ? 0 : min(output.count, window ?? output.count)
        if taken > 0 { sent.append(String(decoding: output.prefix(taken), as: UTF8.self)) }
        if taken < output.count { connection.keep(output[taken...]) }
        step = connection.settle(at: now)
    }
}

/// A request without a body.
func get(_ path: String, _ fields: String = "") -> String {
    "GET \(path) HTTP/1.1\r\nHost: a\r\n\(fields)\r\n"
}

/// A request with a body of this length, of which nothing is there yet.
func post(_ path: String, length: Int, _ fields: String = "") -> String {
    "POST \(path) HTTP/1.1\r\nHost: a\r\nContent-Length: \(length)\r\n\(fields)\r\n"
}
