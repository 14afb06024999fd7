import Synchronization

/// What happened in a run, as a number that is the same only for the same run, and in words where
/// somebody is to read them.
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

    /// The number.
    var hash: UInt64 { contents.withLock { $0.hash } }

    /// The words.
    var lines: [String] { contents.withLock { $0.lines } }

    /// The rules that were broken.
    var violations: [String] { contents.withLock { $0.violations } }

    /// Notes what happened, with up to three numbers that say to whom and how much.
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

    /// Notes that a rule was broken.
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
