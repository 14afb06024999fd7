import Crypto
import Glibc
import System

/// Measures how many keys a machine derives a second, with nothing around the derivation.
///
/// Arguments: `block-function` or `reference`, threads, seconds, iterations of a derivation.
/// Prints one JSON object.
@main
struct Main {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 5, let function = function(named: arguments[1]),
            let threads = number(arguments[2], in: 1...1_024),
            let seconds = number(arguments[3], in: 1...600),
            let iterations = number(arguments[4], in: 1...10_000_000)
        else {
            print("usage: derivation-benchmark block-function|reference THREADS SECONDS ITERATIONS")
            exit(64)
        }
        let measured = try Measurement.run(
            function, threads: threads, duration: .seconds(seconds), iterations: iterations)
        print(
            """
            {"function": "\(arguments[1])", "threads": \(threads), "iterations": \(iterations), \
            "derivations": \(measured.derivations), "perSecond": \(measured.perSecond)}
            """)
    }

    private static func function(named name: String) -> PBKDF2? {
        switch name {
        case "block-function": PBKDF2(.blockFunction)
        case "reference": PBKDF2(.reference)
        default: nil
        }
    }

    private static func number(_ text: String, in bounds: ClosedRange<Int>) -> Int? {
        Int(text).flatMap { bounds.contains($0) ? $0 : nil }
    }
}
