import Bytes

@testable import HTTP

/// A request that the parser accepts means the same to every other reader: nothing in its head is
/// ambiguous.
enum RequestHarness {
    static func run(_ input: [UInt8]) throws(BrokenProperty) {
        for limits in MessageStream.Limits.all {
            let stream = MessageStream(input, limits: limits)
            for message in stream.messages {
                try check(message.head.count <= limits.head.headBytes, "a head over its bound")
                try check(message.fields.count <= limits.head.fields, "fields over their bound")
                try check(message.body.count <= limits.body, "a body over its bound")
                try checkTarget(message)
                try checkLines(message)
            }
            for message in stream.messages.dropLast() {
                try check(message.isComplete, "a request behind an unfinished one")
            }
        }
    }

    private static func checkTarget(_ message: MessageStream.Message) throws(BrokenProperty) {
        let path = message.head[message.path]
        try check(
            path.first == UInt8(ascii: "/") || path.elementsEqual("*".utf8), "a path of no form")
        for part in [path, message.query.map { message.head[$0] } ?? []] {
            try check(
                part.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") },
                "a byte in the target that is none of a path or query")
        }
    }

    /// Parses the head a second time, line by line, as simply as possible.
    private static func checkLines(_ message: MessageStream.Message) throws(BrokenProperty) {
        try check(message.head.suffix(4) == [13, 10, 13, 10], "a head without an end")
        // One empty line before a request is skipped (RFC 9112 §2.2).
        let start = message.head.starts(with: [13, 10]) ? 2 : 0
        let lines = message.head.dropFirst(start).dropLast(4).split(
            separator: 10, omittingEmptySubsequences: false
        )
        var names: [String] = []
        for (index, line) in lines.enumerated() {
            let isLast = index == lines.count - 1
            try check(isLast || line.last == 13, "a bare line feed")
            let text = isLast ? line : line.dropLast()
            try check(
                text.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 9 }, "a control byte in a line")
            guard index > 0 else { continue }
            let colon = text.firstIndex(of: UInt8(ascii: ":")) ?? text.endIndex
            let name = text[..<colon]
            try check(!name.isEmpty && name.allSatisfy(\.isToken), "a name that is no token")
            names.append(String(decoding: name, as: UTF8.self).lowercased())
            if names.last == "content-length" {
                let value = text[colon...].dropFirst().filter { $0 != 0x20 && $0 != 9 }
                let digits = String(decoding: value, as: UTF8.self)
                try check(value.allSatisfy(\.isDigit), "a length that is no number: \(digits)")
                try check(
                    message.framing == .length(Int(digits) ?? -1), "another length: \(digits)")
            }
        }
        let lengths = names.filter { $0 == "content-length" || $0 == "transfer-encoding" }
        try check(lengths.count <= 1, "a body that ends in two places")
        try check(
            (lengths == ["transfer-encoding"]) == (message.framing == .chunked), "another framing")
        let hosts = names.count { $0 == "host" }
        try check(hosts <= 1 && (hosts == 1 || message.minorVersion == 0), "\(hosts) hosts")
        try check(names.count { $0 == "authorization" } <= 1, "two credentials")
        try check(names.count == message.fields.count, "a line that became none or two fields")
    }
}
