import HTTP

@testable import Server

/// A connection under test, with plain values instead of a loop and a socket.
struct DrivenConnection {
    /// The connection under test.
    var connection = Connection(peer: .address(.v4(0x0102_0304), port: 5), now: 0)
    /// Answers its requests.
    let responder = FakeResponder()
    /// The time.
    var now: UInt64 = 0
    /// Whether the server is shutting down.
    var isDraining = false
    /// How many bytes the socket accepts in one step; nil for all.
    var window: Int?
    /// The sent output, one text for each step.
    var sent: [String] = []
    /// The request that is on a lane.
    var forward: ForwardedRequest?
    /// What the last step requested for the socket.
    var step = Connection.Step.proceed

    /// All sent output.
    var wire: String { sent.joined() }

    /// The status codes of the sent responses.
    var statuses: [String] {
        wire.split(separator: "HTTP/1.1 ").map { String($0.prefix(3)) }
    }

    /// Runs a step that receives this text.
    mutating func receive(_ text: String) {
        let bytes = Array(text.utf8)
        step { connection, context, output in
            connection.receive(bytes.span, in: context, output: &output)
        }
    }

    /// Runs a step in which the input ends.
    mutating func endInput() {
        step { connection, _, _ in
            connection.endInput()
            return nil
        }
    }

    /// Runs a step that answers the request on a lane.
    mutating func answer() {
        guard let request = forward?.request else { return }
        let response = FakeResponder.answer(String(decoding: request.path, as: UTF8.self))
        forward = nil
        step { connection, context, output in
            connection.answer(response, in: context, output: &output)
        }
    }

    /// Runs a step in which the current timeout expires.
    ///
    /// - Parameter seconds: The time since the wait began.
    mutating func expire(after seconds: UInt64 = 1_000) {
        guard let wait = connection.wait else { return }
        now = connection.waitingSince + seconds * 1_000_000_000
        step { connection, context, output in
            connection.expire(wait, TimeoutLimits(Timeouts()), in: context, output: &output)
            return nil
        }
    }

    /// Runs a step in which the socket accepts the unsent output and parsing continues.
    mutating func drain() {
        let rest = connection.unsent.dropFirst(connection.firstUnsent)
        sent.append(String(decoding: rest, as: UTF8.self))
        connection.didSend(rest.count)
        step { connection, context, output in
            connection.canResume ? connection.resume(in: context, output: &output) : nil
        }
    }

    private mutating func step(
        _ body: (inout Connection, Connection.StepContext, inout [UInt8]) -> ForwardedRequest?
    ) {
        let context = Connection.StepContext(
            responder: responder, date: Array("DATE".utf8), now: now, isDraining: isDraining)
        var output: [UInt8] = []
        if let forward = body(&connection, context, &output) { self.forward = forward }
        let taken = connection.hasUnsent ? 0 : min(output.count, window ?? output.count)
        if taken > 0 { sent.append(String(decoding: output.prefix(taken), as: UTF8.self)) }
        if taken < output.count { connection.keep(output[taken...]) }
        step = connection.endStep(at: now)
    }
}

/// A request without a body.
func get(_ path: String, _ fields: String = "") -> String {
    "GET \(path) HTTP/1.1\r\nHost: a\r\n\(fields)\r\n"
}

/// A request with a body of this length, without the body.
func post(_ path: String, length: Int, _ fields: String = "") -> String {
    "POST \(path) HTTP/1.1\r\nHost: a\r\nContent-Length: \(length)\r\n\(fields)\r\n"
}
