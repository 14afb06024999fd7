import Crypto
import TestSupport

/// The meaning of bytes does not depend on how they are split.
enum CutsHarness {
    static func run(_ input: [UInt8]) throws(BrokenProperty) {
        for limits in MessageStream.Limits.all {
            let whole = MessageStream(input, limits: limits)
            for ends in Cuts.several(of: input) {
                let pieces = MessageStream(input, arriving: ends, limits: limits)
                try check(pieces == whole, "whole \(whole), arriving as \(ends) \(pieces)")
            }
        }
    }
}

/// Positions at which an input is split; derived from the input, so that a failure repeats.
enum Cuts {
    /// The number of bytes received at each step: byte by byte, in small pieces, in large ones.
    static func several(of input: [UInt8]) -> [[Int]] {
        // Byte by byte only for the length of a short head: it is slow.
        let single = Array(0...min(input.count, 700)) + [input.count]
        var generator = SplitMix64(seed: UInt64(CRC32.checksum(input)))
        var several = [single]
        for longest in [8, 64, 512] as [UInt64] {
            var ends = [0]
            while let end = ends.last, end < input.count {
                ends.append(min(end + Int(generator.next() % longest) + 1, input.count))
            }
            several.append(ends)
        }
        return several
    }
}
