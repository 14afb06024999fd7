import API
import Auth
import JSON
import Logging

/// One line of the log, before it is written.
///
/// Whatever a message or a value contains, it stays one line and one field: control characters,
/// quotes and what steers a terminal are escaped in both formats (CWE-117).
struct LogLine {
    /// When it was logged.
    let time: Timestamp
    /// How much it matters.
    let level: Logger.Level
    /// What happened.
    let message: String
    /// The particulars.
    let metadata: Logger.Metadata

    /// The line in UTF-8, with its line feed.
    func encoded(as format: LogFormat) -> [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(256)
        switch format {
        case .text: appendText(to: &line)
        case .json: appendJSON(to: &line)
        }
        line.append(UInt8(ascii: "\n"))
        return line
    }

    private func appendText(to line: inout [UInt8]) {
        line.append(contentsOf: time.rfc3339.utf8)
        line.append(UInt8(ascii: " "))
        line.append(contentsOf: level.name.utf8)
        line.append(UInt8(ascii: " "))
        // Written by this program and never by a client: a command in it can be copied.
        JSONText.appendEscaped(message, to: &line, quotes: false)
        forEachField { name, value in
            line.append(UInt8(ascii: " "))
            JSONText.appendEscaped(name, to: &line)
            line.append(UInt8(ascii: "="))
            let text = value.description
            if Self.needsQuotes(text.utf8Span.span) {
                JSONText.append(text, to: &line)
            } else {
                line.append(contentsOf: text.utf8)
            }
        }
    }

    private func appendJSON(to line: inout [UInt8]) {
        var object = JSONObject()
        object.add("time", .string(time.rfc3339))
        object.add("level", .string(level.rawValue))
        object.add("message", .string(message))
        forEachField { name, value in
            // A second member of that name would be read by some instead of the first.
            let isTaken = ["time", "level", "message"].contains(name)
            object.add(isTaken ? name + "_" : name, value.json)
        }
        line.append(contentsOf: object.encoded())
    }

    /// The id of a request first, all others sorted by name.
    private func forEachField(_ body: (String, Logger.MetadataValue) -> Void) {
        if let id = metadata["id"] { body("id", id) }
        for (name, value) in metadata.sorted(by: { $0.key < $1.key }) where name != "id" {
            body(name, value)
        }
    }

    /// Whether a reader could not tell where a value without quotes ends.
    static func needsQuotes(_ bytes: Span<UInt8>) -> Bool {
        for index in bytes.indices {
            switch bytes[index] {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "="): return true
            case 0x21...0x7E: continue
            default: return true
            }
        }
        return bytes.isEmpty
    }
}

extension LogLine {
    /// The line that reports how many lines were dropped.
    init(dropped count: Int, time: Timestamp) {
        self.init(
            time: time, level: .warning, message: "\(count) log lines were dropped", metadata: [:])
    }
}

extension Logger.Level {
    /// The name in capitals.
    fileprivate var name: String {
        switch self {
        case .trace: "TRACE"
        case .debug: "DEBUG"
        case .info: "INFO"
        case .notice: "NOTICE"
        case .warning: "WARNING"
        case .error: "ERROR"
        case .critical: "CRITICAL"
        }
    }
}

extension Logger.MetadataValue {
    /// A number or a truth value where it is one, else its text.
    fileprivate var json: JSONValue {
        let text = JSONValue.string(description)
        guard case .stringConvertible(let value) = self else { return text }
        return switch value {
        case let value as Bool: .bool(value)
        case let value as any FixedWidthInteger:
            Int64(exactly: value).map(JSONValue.integer) ?? text
        case let value as Double where value.isFinite: .number(value)
        default: text
        }
    }
}
