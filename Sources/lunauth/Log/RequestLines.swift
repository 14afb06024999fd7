import API
import Auth
import Bytes
import Crypto
import HTTP
import JSON
import Logging
import Web

/// Writes the line of each request, of which a busy server has more than of all others together.
///
/// A line looks as `LogLine` would write it, and is put together from bytes alone. Confined to one
/// thread.
final class RequestLines: RequestLog {
    private let settings: LogSettings
    private let writer: LogWriter
    private let now: @Sendable () -> Timestamp
    private var opening: Opening
    /// Empty between two requests; only its capacity is kept.
    private var line: [UInt8] = []

    /// Lines whose level and format come from settings that may change at any time.
    ///
    /// - Parameters:
    ///   - settings: Shared by all threads.
    ///   - writer: Shared by all threads.
    ///   - now: The clock; the system's where none is given.
    init(
        settings: LogSettings, writer: LogWriter,
        now: @escaping @Sendable () -> Timestamp = WallClock.now
    ) {
        self.settings = settings
        self.writer = writer
        self.now = now
        opening = Opening(now(), ListenerRole.public.level, settings.format)
    }

    /// Whether the log takes lines of the level of such requests.
    func isEnabled(for listener: ListenerRole) -> Bool { settings.level <= listener.level }

    /// Hands the line to the writer; never waits for the output.
    func write(_ request: borrowing AccessLogEntry) {
        let (time, format) = (now(), settings.format)
        let level = request.level
        if opening.time != time || opening.format != format || opening.level != level {
            opening = Opening(time, level, format)
        }
        line.append(contentsOf: opening.bytes)
        line.appendEscaped(as: format) { line in
            line.append(addingCapacity: request.id.capacity) { request.id.append(to: &$0) }
        }
        switch request.head {
        case .some(let head):
            line.append(addingCapacity: Self.capacity) { $0.append(head, as: format) }
            line.appendEscaped(as: format) { $0.append(contentsOf: head.path) }
        case .none: break
        }
        line.append(addingCapacity: Self.capacity) { $0.append(request, as: format) }
        writer.append(line) { LogLine(dropped: $0, time: time).encoded(as: format) }
        line.removeAll(keepingCapacity: true)
    }

    /// More than the fields before the path take, or those behind it.
    private static let capacity = 448

    /// How all lines of one millisecond begin, up to the id.
    private struct Opening {
        let time: Timestamp
        let level: Logger.Level
        let format: LogFormat
        let bytes: [UInt8]

        init(_ time: Timestamp, _ level: Logger.Level, _ format: LogFormat) {
            (self.time, self.level, self.format) = (time, level, format)
            var line = LogLine(time: time, level: level, message: "request", metadata: [:])
                .encoded(as: format)
            line.removeLast(format == .text ? "\n".utf8.count : "}\n".utf8.count)
            line.append(contentsOf: (format == .text ? " id=" : ",\"id\":\"").utf8)
            bytes = line
        }
    }
}

extension ListenerRole {
    /// The level of the lines of its requests: those who watch over the server ask all the time.
    fileprivate var level: Logger.Level {
        switch self {
        case .public: .info
        case .admin: .debug
        }
    }
}

extension AccessLogEntry {
    /// The level of its line.
    fileprivate var level: Logger.Level {
        switch head {
        case .some(let head): head.listener.level
        case .none: ListenerRole.public.level
        }
    }
}

extension [UInt8] {
    /// Appends a value that a client may have written, escaped as `LogLine` does.
    fileprivate mutating func appendEscaped(
        as format: LogFormat, by writeValue: (inout [UInt8]) -> Void
    ) {
        let start = count
        writeValue(&self)
        guard LogLine.needsQuotes(span.extracting(droppingFirst: start)) else { return }
        let value = String(decoding: self[start...], as: UTF8.self)
        removeSubrange(start...)
        switch format {
        case .text: JSONText.append(value, to: &self)
        case .json: JSONText.appendEscaped(value, to: &self)
        }
    }
}

extension OutputSpan<UInt8> {
    /// The fields between the id and the value of the path.
    fileprivate mutating func append(
        _ head: borrowing AccessLogEntry.Head, as format: LogFormat
    ) {
        append(format, " client=", #"","client":""#)
        append(head.client)
        append(format, " method=", #"","method":""#)
        append(copying: head.method.rawValue.utf8Span.span)
        append(format, " path=", #"","path":""#)
    }

    /// The fields behind the path, and the end of the line.
    ///
    /// In JSON the value before ends here, and each field after it is whole: numbers have no quotes.
    fileprivate mutating func append(_ request: borrowing AccessLogEntry, as format: LogFormat) {
        if let input = request.input {
            append(format, " client=", #"","client":""#)
            append(input.client)
        }
        append(format, " status=", #"","status":"#)
        append(decimal: UInt64(request.status.rawValue))
        append(format, " bytes=", #","bytes":"#)
        append(decimal: UInt64(request.bytes.magnitude))
        switch request.head {
        case .some(let head):
            append(format, " ms=", #","ms":"#)
            append(milliseconds: head.microseconds)
        case .none: break
        }
        if let account = request.account {
            append(format, " account=", #","account":""#)
            append(account)
            append(format, "", "\"")
        }
        if let code = request.code {
            append(format, " code=", #","code":""#)
            append(copying: code.rawValue.utf8Span.span)
            append(format, "", "\"")
        }
        if let reason = request.reason {
            append(format, " reason=", #","reason":""#)
            append(copying: reason.rawValue.utf8Span.span)
            append(format, "", "\"")
        } else if let rule = request.brokenRule {
            // A sentence of this program: words and blanks.
            append(format, " reason=\"", #","reason":""#)
            append(copying: rule.rawValue.utf8Span.span)
            append("\"")
        }
        if let input = request.input, !input.start.isEmpty {
            append(format, " start=", #","start":""#)
            append(copying: input.start.utf8Span.span)
            append(format, "", "\"")
        }
        append(format, "\n", "}\n")
    }

    /// The separator between two values.
    @inline(__always)
    private mutating func append(
        _ format: LogFormat, _ text: StaticString, _ json: StaticString
    ) {
        switch format {
        case .text: append(text)
        case .json: append(json)
        }
    }
}
