import CTestSupport
import Glibc
import System

/// A program with a pipe to its standard input, which ends with this value or with the process, and one
/// from its standard output and error.
///
/// It is in a session of its own: what interrupts the tests at a terminal does not reach it.
final class Command: Sendable {
    private let pid: pid_t
    private let input: Int32
    private let output: Int32

    /// Starts a program.
    ///
    /// - Parameter words: The absolute path of the program, and its arguments.
    /// - Throws: `SystemError`.
    init(_ words: [String]) throws(SystemError) {
        var command = command()
        let strings = words.map { strdup($0) }
        defer { for string in strings { free(string) } }
        let code = command_spawn(strings.map { UnsafePointer($0) } + [nil], &command)
        guard code == 0 else { throw SystemError("posix_spawn", code: code) }
        (pid, input, output) = (command.pid, command.input, command.output)
    }

    deinit {
        close(input)
        close(output)
    }

    /// The first line of its output.
    ///
    /// - Parameter seconds: How long it may take.
    /// - Returns: The line without its end; less when it ended or was silent for too long.
    func line(within seconds: Int) -> String {
        let (octets, _) = read(within: seconds) { $0.last == UInt8(ascii: "\n") }
        return String(decoding: octets.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }

    /// Waits for its end.
    ///
    /// - Parameter seconds: How long it may take; it is killed then.
    /// - Returns: Whether it ended with status 0, and what it wrote.
    func end(within seconds: Int) -> (isSuccess: Bool, output: String) {
        let (octets, isComplete) = read(within: seconds) { _ in false }
        if !isComplete { kill(pid, SIGKILL) }
        var status: Int32 = 0
        waitpid(pid, &status, 0)
        return (status == 0, String(decoding: octets, as: UTF8.self))
    }

    /// Reads its output to the end, or until it is enough.
    ///
    /// - Returns: What was read, and whether that is the end or enough.
    private func read(
        within seconds: Int, until isEnough: ([UInt8]) -> Bool
    ) -> (octets: [UInt8], isComplete: Bool) {
        let deadline = ContinuousClock.now + .seconds(seconds)
        var octets: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while !isEnough(octets) {
            let left = (deadline - .now).components
            var wait = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
            let milliseconds = left.seconds * 1_000 + left.attoseconds / 1_000_000_000_000_000
            guard left.seconds >= 0, poll(&wait, 1, Int32(clamping: milliseconds)) > 0 else {
                return (octets, false)
            }
            let count = Glibc.read(output, &buffer, buffer.count)
            guard count > 0 else { return (octets, count == 0) }
            octets += buffer.prefix(count)
        }
        return (octets, true)
    }
}
