import Bytes
import Glibc

/// Listening sockets that systemd passed to this process (sd_listen_fds(3)).
public struct InheritedSockets: Sendable, Equatable {
    /// The sockets for clients.
    public private(set) var listen: [ListenAddress] = []
    /// The sockets of the admin listener: named `admin` (`FileDescriptorName=`).
    public private(set) var admin: [ListenAddress] = []

    /// The first descriptor, by convention.
    private static let firstDescriptor: Int32 = 3
    private static let variables = ["LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES"]

    /// The sockets that an environment passes to a process; none when a variable is missing or
    /// malformed.
    ///
    /// - Parameters:
    ///   - environment: Its variables.
    ///   - process: The process id; sockets for another process are ignored.
    init(in environment: [String: String], process: Int32) {
        guard let pid = Self.number(environment["LISTEN_PID"]), pid == process,
            let count = Self.number(environment["LISTEN_FDS"]), (1...1024).contains(count)
        else { return }
        let names = (environment["LISTEN_FDNAMES"] ?? "").utf8
            .split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        for index in 0..<Int(count) {
            let address = ListenAddress.inherited(
                descriptor: Self.firstDescriptor + Int32(index))
            if index < names.count, names[index].elementsEqual("admin".utf8) {
                admin.append(address)
            } else {
                listen.append(address)
            }
        }
    }

    /// The sockets that were passed to this process.
    ///
    /// The variables are removed, so that no child process uses the sockets. To be called once, before
    /// any thread starts.
    public static func take() -> InheritedSockets {
        var environment: [String: String] = [:]
        for name in variables {
            guard let value = unsafe getenv(name) else { continue }
            environment[name] = unsafe String(cString: value)
            unsafe unsetenv(name)
        }
        return InheritedSockets(in: environment, process: getpid())
    }

    private static func number(_ text: String?) -> Int32? {
        guard let digits = text?.utf8 else { return nil }
        return Decimal.parse(digits, maximumDigits: 9).flatMap { Int32(exactly: $0) }
    }
}
