import Glibc
import System
import Mail

/// Why the mailer is of no use.
enum MailerError: Error, Equatable, CustomStringConvertible {
    /// It could not be started, or spoken to.
    case system(SystemError)
    /// It ended, or broke the protocol.
    case gone
    /// It did not answer in time.
    case silent
    /// It cannot work with its configuration.
    case unusable(String)
    /// A frame for it is longer than the protocol allows.
    case tooLong

    /// For the log; never contains a secret.
    var description: String {
        switch self {
        case .system(let error): "the mailer: \(error)"
        case .gone: "the mailer ended"
        case .silent: "the mailer did not answer in time"
        case .unusable(let detail): "the mailer cannot work with its configuration: \(detail)"
        case .tooLong: "it is too long for the mailer"
        }
    }
}

/// `lunauth-mailer`, started and spoken to.
///
/// It alone connects to other machines: what the network or a TLS library does to it cannot reach
/// passwords and keys, which are in this process. Confined to one thread; the process ends with this
/// value.
@safe final class MailerProcess {
    /// How soon a wait notices that the daemon ends.
    private static let step = Duration.milliseconds(250).nanoseconds

    private let process: pid_t
    private let socket: FileDescriptor
    private let end: ShutdownDeadline
    private var buffer = FrameBuffer()

    /// Starts it and sends its configuration, which is in no argument and no variable.
    ///
    /// - Parameters:
    ///   - path: The program.
    ///   - configuration: What it is to do: the content of a `MailerOpening`.
    ///   - limit: How long it may take until it is ready.
    ///   - end: The deadline.
    /// - Throws: `unusable` when the configuration is wrong.
    init(
        path: String, configuration: some FrameContent, within limit: Duration,
        end: ShutdownDeadline
    ) throws(MailerError) {
        self.end = end
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            throw .system(SystemError("socketpair", code: errno))
        }
        let childEnd = FileDescriptor(owning: ends[1])
        socket = FileDescriptor(owning: ends[0])
        do {
            process = try ChildProgram.spawn(
                path, input: childEnd.number, output: childEnd.number)
        } catch {
            throw .system(error)
        }
        let deadline = MonotonicClock.now() + limit.nanoseconds
        try send(configuration, until: deadline)
        let greeting = try receive(MailerGreeting.self, until: deadline)
        guard greeting.outcome == .ready else { throw .unusable(greeting.detail ?? "") }
    }

    deinit {
        // It ends at the end of its input; one that hangs is not waited for. Its group, to
        // end a sendmail first: to that, the end of its input would be the end of the mail.
        kill(-process, SIGKILL)
        kill(process, SIGKILL)
        _ = SystemCall.retrying { Int(waitpid(process, nil, 0)) }
    }

    /// Whether it was killed, or crashed: it neither speaks unasked nor ends by itself.
    var hasEnded: Bool {
        SystemCall.waitReadable([socket.number], until: MonotonicClock.now())
    }

    /// How the attempt to reach the server went that the configuration wanted (`triesServer`).
    ///
    /// - Parameter limit: How long it may take.
    /// - Returns: `sent` where the server was reached.
    /// - Throws: When the mailer is of no use.
    func attempt(within limit: Duration) throws(MailerError) -> MailReceipt {
        let receipt = try receive(
            MailReceipt.self, until: MonotonicClock.now() + limit.nanoseconds)
        guard receipt.id == MailReceipt.attempt else { throw .gone }
        return receipt
    }

    /// Has a mail sent.
    ///
    /// - Parameters:
    ///   - order: The mail.
    ///   - limit: How long that may take.
    /// - Returns: What became of it.
    /// - Throws: `tooLong`; anything else when the result is unknown: it may have been sent.
    func deliver(_ order: MailOrder, within limit: Duration) throws(MailerError) -> MailReceipt {
        let receipt = try exchange(order, for: MailReceipt.self, within: limit)
        guard receipt.id == order.id else { throw .gone }
        return receipt
    }

    /// Has an order carried out.
    ///
    /// - Parameters:
    ///   - order: The order.
    ///   - type: What it is answered with.
    ///   - limit: How long that may take.
    /// - Returns: What became of it.
    /// - Throws: As `deliver`.
    func exchange<Receipt: FrameContent>(
        _ order: some FrameContent, for type: Receipt.Type, within limit: Duration
    ) throws(MailerError) -> Receipt {
        let deadline = MonotonicClock.now() + limit.nanoseconds
        try send(order, until: deadline)
        return try receive(type, until: deadline)
    }

    private func send(_ value: some FrameContent, until deadline: UInt64) throws(MailerError) {
        guard var rest = (try? Frame.encode(value))?[...] else { throw .tooLong }
        while !rest.isEmpty {
            let sent = unsafe rest.withUnsafeBytes { bytes in
                SystemCall.retrying {
                    unsafe Glibc.send(
                        socket.number, bytes.baseAddress, bytes.count,
                        Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
                }
            }
            switch sent {
            case .done(let count): rest = rest.dropFirst(count)
            case .wouldBlock: try wait(for: POLLOUT, until: deadline)
            case .failed: throw .gone
            }
        }
    }

    private func receive<Value: FrameContent>(
        _ type: Value.Type, until deadline: UInt64
    ) throws(MailerError) -> Value {
        var part = [UInt8](repeating: 0, count: 4_096)
        while true {
            do {
                if let line = try buffer.next() { return try Frame.decode(type, from: line) }
            } catch {
                throw .gone
            }
            let received = unsafe part.withUnsafeMutableBytes { part in
                SystemCall.retrying {
                    unsafe recv(
                        socket.number, part.baseAddress, part.count, Int32(MSG_DONTWAIT))
                }
            }
            switch received {
            case .done(let count) where count > 0: buffer.append(part[..<count])
            case .wouldBlock: try wait(for: POLLIN, until: deadline)
            case .done, .failed: throw .gone
            }
        }
    }

    /// Waits until the socket may be ready.
    private func wait(for events: Int32, until deadline: UInt64) throws(MailerError) {
        let now = MonotonicClock.now()
        let limit = min(deadline, end.time)
        guard now < limit else { throw .silent }
        var entry = pollfd(fd: socket.number, events: Int16(events), revents: 0)
        let timeout = min(limit, now + Self.step).milliseconds(after: now)
        _ = SystemCall.retrying { Int(unsafe poll(&entry, 1, timeout)) }
    }
}
