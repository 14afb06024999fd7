/// A file of variables as systemd reads it (`EnvironmentFile=`, systemd.exec(5)).
///
/// `NAME=VALUE` a line; quotes, backslashes and comments as systemd has them, so that a command sees
/// the same values as the service.
struct EnvironmentFile {
    /// The values by name; of two the last counts.
    private(set) var variables: [String: String] = [:]

    private var state = State.beforeName
    private var name: [UInt8] = []
    private var value: [UInt8] = []
    /// The length of the value without unquoted blanks at its end.
    private var valueEnd = 0

    private enum State {
        case beforeName, name, beforeValue, value, escaped, singleQuoted, doubleQuoted
        case escapedInQuotes, comment
    }

    /// Reads a file; nil when it is not UTF-8.
    init?(_ bytes: [UInt8]) {
        guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
        for byte in bytes { read(byte) }
        read(Self.newline)
        // What is still open at the end of the file ends there.
        if state != .beforeName && state != .comment { finish() }
    }

    private static let newline = UInt8(ascii: "\n")

    private mutating func read(_ byte: UInt8) {
        let endsLine = byte == Self.newline || byte == UInt8(ascii: "\r")
        let isBlank = endsLine || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
        switch state {
        case .beforeName:
            guard !isBlank else { return }
            guard byte != UInt8(ascii: "#"), byte != UInt8(ascii: ";") else {
                state = .comment
                return
            }
            (name, value, valueEnd) = ([byte], [], 0)
            state = .name
        case .name:
            if endsLine {
                state = .beforeName
            } else if byte == UInt8(ascii: "=") {
                state = .beforeValue
            } else {
                name.append(byte)
            }
        case .beforeValue where endsLine, .value where endsLine: finish()
        case .beforeValue where isBlank: return
        case .beforeValue where byte == UInt8(ascii: "'"): state = .singleQuoted
        case .beforeValue where byte == UInt8(ascii: "\""): state = .doubleQuoted
        case .beforeValue where byte == UInt8(ascii: "\\"),
            .value where byte == UInt8(ascii: "\\"):
            state = .escaped
        case .beforeValue, .value:
            state = .value
            value.append(byte)
            if !isBlank { valueEnd = value.count }
        case .escaped:
            state = .value
            if !endsLine { append(byte) }
        case .singleQuoted:
            if byte == UInt8(ascii: "'") { state = .beforeValue } else { append(byte) }
        case .doubleQuoted:
            switch byte {
            case UInt8(ascii: "\""): state = .beforeValue
            case UInt8(ascii: "\\"): state = .escapedInQuotes
            default: append(byte)
            }
        case .escapedInQuotes:
            state = .doubleQuoted
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "$"):
                append(byte)
            case Self.newline: return
            default:
                append(UInt8(ascii: "\\"))
                append(byte)
            }
        case .comment:
            if endsLine { state = .beforeName }
        }
    }

    private mutating func append(_ byte: UInt8) {
        value.append(byte)
        valueEnd = value.count
    }

    private mutating func finish() {
        state = .beforeName
        while let last = name.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") {
            name.removeLast()
        }
        // The whole file is UTF-8, and both were cut at ASCII characters.
        guard let name = String(validating: name, as: UTF8.self),
            let value = String(validating: value[..<valueEnd], as: UTF8.self)
        else { return }
        variables[name] = value
    }
}
