import Glibc
import Testing

/// A pipe to log into; its ends never wait.
final class LogPipe {
    /// The end that is written to.
    let input: Int32
    private let output: Int32

    /// An empty pipe.
    ///
    /// - Throws: When there is no descriptor left.
    init() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        (output, input) = (ends[0], ends[1])
        for end in ends { try #require(fcntl(end, F_SETFL, O_NONBLOCK) == 0) }
    }

    deinit {
        close(input)
        close(output)
    }

    /// Writes until there is no room.
    func fill() {
        let part = [UInt8](repeating: 0x2E, count: 4_096)
        while write(input, part, part.count) > 0 {}
        while write(input, part, 1) > 0 {}
    }

    /// Everything that was written and not read.
    func read() -> String {
        var text: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = Glibc.read(output, &part, part.count)
            guard count > 0 else { return String(decoding: text, as: UTF8.self) }
            text += part[..<count]
        }
    }
}
