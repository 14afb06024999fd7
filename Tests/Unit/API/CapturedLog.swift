import API
import Auth
import Crypto
import HTTP
import Logging
import Synchronization
import Testing
import Web

/// Keeps every line that is logged.
final class CapturedLog: Sendable {
    private let kept = Mutex<[String]>([])

    /// Each line with its level and everything that belongs to it.
    var lines: [String] { kept.withLock { $0 } }

    var logger: Logger { Logger(label: "test") { _ in Handler(log: self) } }

    var requests: any RequestLog { Requests(log: self) }

    /// Checks that the line of an answer says why, where it is a refusal that has to.
    ///
    /// - Parameters:
    ///   - answer: What the client was told.
    ///   - expected: The one reason there may be; nil for any.
    /// - Throws: When the request has no line.
    func checkReason(of answer: ReceivedAnswer, _ expected: Reason? = nil) throws {
        let id = try #require(answer["X-Request-Id"])
        let line = try #require(lines.last { $0.hasPrefix("info request ") && $0.contains(id) })
        let found = line.split(separator: " ").compactMap { word in
            word.hasPrefix("reason=") ? Reason(rawValue: String(word.dropFirst(7))) : nil
        }
        let mustSay = [401, 403, 409, 429, 503].contains(answer.status.rawValue)
        // A browser is led to sign in by 303; the line of the request says why.
        if answer.status != .seeOther {
            #expect(found.count == (mustSay ? 1 : 0), "\(line)")
        }
        if let expected { #expect(found == [expected]) }
    }

    private func add(_ line: String) { kept.withLock { $0.append(line) } }

    private struct Handler: LogHandler {
        let log: CapturedLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let members = metadata.merging(event.metadata ?? [:]) { $1 }
            let text = members.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            log.add("\(event.level) \(event.message) \(text.joined(separator: " "))")
        }
    }

    private final class Requests: RequestLog {
        let log: CapturedLog
        init(log: CapturedLog) { self.log = log }

        func isEnabled(for listener: ListenerRole) -> Bool { true }

        func write(_ request: borrowing AccessLogEntry) {
            var members = [
                "id=\(request.id)", "status=\(request.status.rawValue)", "bytes=\(request.bytes)",
            ]
            switch request.head {
            case .some(let head):
                members.append("client=\(head.client?.description ?? "local")")
                members.append("method=\(head.method.rawValue)")
                members.append("path=\(String(decoding: head.path, as: UTF8.self))")
                members.append("us=\(head.microseconds)")
            case .none: break
            }
            if let input = request.input {
                members.append("client=\(input.client?.description ?? "local")")
                members.append("start=\(input.start)")
            }
            if let rule = request.brokenRule { members.append("rule=\(rule.rawValue)") }
            if let account = request.account { members.append("account=\(account)") }
            if let reason = request.reason { members.append("reason=\(reason.rawValue)") }
            if let code = request.code { members.append("code=\(code.rawValue)") }
            log.add("info request \(members.sorted().joined(separator: " "))")
        }
    }
}
