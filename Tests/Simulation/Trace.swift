import Synchronization

/// The events of a run, as a hash that identifies the run, and as text when it is to be read.
final class Trace: Sendable {
    fileprivate struct Contents {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var lines: [String] = []
        var violations: [String] = []
    }

    private let contents = Mutex(Contents())
    private let keepsLines: Bool

    /// An empty trace.
    init(keepsLines: Bool) {
        self.keepsLines = keepsLines
    }

    /// The hash.
    var hash: UInt64 { contents.withLock { $0.hash } }

    /// The text.
    var lines: [String] { contents.withLock { $0.lines } }

    /// The violations.
    var violations: [String] { contents.withLock { $0.violations } }

    /// Records an event with up to three numbers.
    func note(_ what: StaticString, _ first: Int = 0, _ second: Int = 0, _ third: Int = 0) {
        contents.withLock { contents in
            what.withUTF8Buffer { bytes in
                for byte in bytes { contents.mix(UInt64(byte)) }
            }
            for number in [first, second, third] {
                contents.mix(UInt64(bitPattern: Int64(number)))
            }
            if keepsLines { contents.lines.append("\(what) \(first) \(second) \(third)") }
        }
    }

    /// Records a violation.
    func violate(_ what: String) {
        contents.withLock { contents in
            contents.violations.append(what)
            if keepsLines { contents.lines.append("VIOLATION \(what)") }
        }
    }
}

extension Trace.Contents {
    fileprivate mutating func mix(_ word: UInt64) {
        hash = (hash ^ word) &* 0x0000_0100_0000_01B3
    }
}
