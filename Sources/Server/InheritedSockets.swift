import Glibc

/// Listening sockets that systemd passed to this process (sd_listen_fds(3)).
public enum InheritedSockets {
    /// The first of them, by convention.
    private static let firstDescriptor: Int32 = 3
    private static let variables = ["LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES"]

    /// The addresses that an environment names for a process.
    ///
    /// - Parameters:
    ///   - environment: Its variables.
    ///   - process: The process id; sockets meant for another one are not ours.
    /// - Returns: One address a socket; none where a variable is missing or malformed.
    public static func addresses(
        in environment: [String: String], process: Int32
    ) -> [ListenAddress] {
        guard let pid = number(environment["LISTEN_PID"]), pid == process,
            let count = number(environment["LISTEN_FDS"]), (1...1024).contains(count)
        else { return [] }
        return (0..<count).map { .inherited(descriptor: firstDescriptor + $0) }
    }

    /// The addresses that were passed to this process.
    ///
    /// The variables are removed, so that no child takes the sockets for its own. To be called
    /// once, before any thread starts.
    public static func take() -> [ListenAddress] {
        var environment: [String: String] = [:]
        for name in variables {
            guard let value = unsafe getenv(name) else { continue }
            environment[name] = unsafe String(cString: value)
            unsafe unsetenv(name)
        }
        return addresses(in: environment, process: getpid())
    }

    private static func number(_ text: String?) -> Int32? {
        guard let digits = text?.utf8, (1...9).contains(digits.count) else { return nil }
        var value: Int32 = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            value = value * 10 + Int32(digit - UInt8(ascii: "0"))
        }
        return value
    }
}
