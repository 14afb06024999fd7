import Mail

/// A stream between daemon and mailer: the same lines however it is split, none too long, and each
/// parsed line can be formatted and parsed again.
///
/// A first byte of 0xFF represents many spaces, which JSON allows, to approach the limit.
enum FrameHarness {
    private static let padding = [UInt8](
        repeating: UInt8(ascii: " "), count: Frame.maximumBytes - 64)

    static func run(_ input: [UInt8]) throws(BrokenProperty) {
        let stream = input.first == 0xFF ? padding + input.dropFirst() : input
        let (lines, error) = read(stream, inPiecesOf: stream.count)
        for size in [1_000, 7] {
            let (others, otherError) = read(stream, inPiecesOf: size)
            try check(others == lines && otherError == error, "other lines in pieces of \(size)")
        }
        for line in lines {
            try check(line.count < Frame.maximumBytes, "a line of \(line.count) bytes")
            try check(!line.contains(UInt8(ascii: "\n")), "a line feed within a line")
            try roundTrip(MailOrder.self, line)
            try roundTrip(MailReceipt.self, line)
            try roundTrip(MailerGreeting.self, line)
            try roundTrip(MailerConfiguration.self, line)
        }
        let whole = lines.reduce(0) { $0 + $1.count + 1 }
        try check(stream.starts(with: lines.joined(separator: [UInt8(ascii: "\n")])), "other bytes")
        if error == nil {
            try check(!stream.dropFirst(whole).contains(UInt8(ascii: "\n")), "a line is left")
        }
    }

    /// The lines of a stream that is received in pieces, and the error that ended it.
    private static func read(
        _ stream: [UInt8], inPiecesOf size: Int
    ) -> (lines: [[UInt8]], error: FrameError?) {
        var buffer = FrameBuffer()
        var lines: [[UInt8]] = []
        var rest = stream[...]
        do throws(FrameError) {
            while true {
                while let line = try buffer.next() { lines.append(line) }
                guard !rest.isEmpty else { return (lines, nil) }
                buffer.append(rest.prefix(max(1, size)))
                rest = rest.dropFirst(max(1, size))
            }
        } catch {
            return (lines, error)
        }
    }

    /// Checks that a value parsed from the line survives formatting and parsing.
    private static func roundTrip<Value: FrameContent & Equatable>(
        _ type: Value.Type, _ line: [UInt8]
    ) throws(BrokenProperty) {
        guard let value = try? Frame.decode(type, from: line) else { return }
        // Escapes may be longer than in the original.
        guard let frame = try? Frame.encode(value) else { return }
        let again = try? Frame.decode(type, from: Array(frame.dropLast()))
        try check(again == value, "another \(type) the second time")
    }
}
