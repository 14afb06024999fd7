import Glibc
import Linux
import Mail

/// Why the mailer is of no use.
enum MailerError: Error, Equatable, CustomStringConvertible {
    /// It could not be started, or spoken to.
    case system(SystemError)
    /// It ended, or said something else than was agreed on.
    case gone
    /// It did not answer in time.
    case silent
    /// It cannot work with its configuration.
    case unusable(String)

    /// For the log; never holds a secret.
    var description: String {
        switch self {
        case .system(let error): "the mailer: \(error)"
        case .gone: "the mailer ended"
        case .silent: "the mailer did not answer in time"
        case .unusable(let detail): "the mailer cannot work with its configuration: \(detail)"
        }
    }
}

/// `lunauth-mailer`, started and spoken to.
///
/// It alone connects to other machines: what the network or a TLS library does to it cannot reach
/// passwords and keys, which are in this process. Confined to one thread; the process ends with this
/// value.
@safe final class MailerProcess {
    private let process: pid_t
    private let socket: FileDescriptor
    private var buffer = FrameBuffer()

    /// Starts it and gives it its configuration, which stands in no argument and no variable.
    ///
    /// - Parameters:
    ///   - path: The program.
    ///   - configuration: How mails are sent.
    ///   - deadline: In nanoseconds of the monotonic clock.
    /// - Throws: `unusable` when the configuration is at fault.
    init(
        path: String, configuration: MailerConfiguration, deadline: UInt64
    ) throws(MailerError) {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            throw .system(SystemError("socketpair", code: errno))
        }
        let childEnd = FileDescriptor(owning: ends[1])
        socket = FileDescriptor(owning: ends[0])
        process = try Self.spawn(path, speakingTo: childEnd.number)
        try send(configuration, until: deadline)
        let greeting = try receive(MailerGreeting.self, until: deadline)
        guard greeting.outcome == .ready else { throw .unusable(greeting.detail ?? "") }
    }

    deinit {
        // It ends when nobody speaks to it any more; one that hangs is not waited for.
        shutdown(socket.number, Int32(SHUT_RDWR))
        kill(process, SIGKILL)
        _ = SystemCall.retrying { Int(waitpid(process, nil, 0)) }
    }

    /// Has a mail sent.
    ///
    /// - Parameters:
    ///   - order: The mail.
    ///   - deadline: In nanoseconds of the monotonic clock.
    /// - Returns: What became of it.
    /// - Throws: When nobody can tell; it may have been sent.
    func deliver(_ order: MailOrder, until deadline: UInt64) throws(MailerError) -> MailReceipt {
        try send(order, until: deadline)
        let receipt = try receive(MailReceipt.self, until: deadline)
        guard receipt.id == order.id else { throw .gone }
        return receipt
    }

    private func send(_ value: some Encodable, until deadline: UInt64) throws(MailerError) {
        guard let line = try? Frame.encode(value) else { throw .gone }
        var rest = line[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { bytes in
                unsafe Glibc.send(
                    socket.number, bytes.baseAddress, bytes.count,
                    Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                try wait(for: POLLOUT, until: deadline)
            } else if errno != EINTR {
                throw .gone
            }
        }
    }

    private func receive<Value: Decodable>(
        _ type: Value.Type, until deadline: UInt64
    ) throws(MailerError) -> Value {
        var part = [UInt8](repeating: 0, count: 4_096)
        while true {
            do {
                if let line = try buffer.next() { return try Frame.decode(type, from: line) }
            } catch {
                throw .gone
            }
            try wait(for: POLLIN, until: deadline)
            let count = unsafe part.withUnsafeMutableBytes { part in
                unsafe recv(
                    socket.number, part.baseAddress, part.count, Int32(MSG_DONTWAIT))
            }
            if count > 0 {
                buffer.append(part[..<count])
            } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
                throw .gone
            }
        }
    }

    private func wait(for events: Int32, until deadline: UInt64) throws(MailerError) {
        var entry = pollfd(fd: socket.number, events: Int16(events), revents: 0)
        let now = MonotonicClock.now()
        guard now < deadline else { throw .silent }
        let milliseconds = Int32(clamping: (deadline - now) / 1_000_000 + 1)
        _ = SystemCall.retrying { Int(unsafe poll(&entry, 1, milliseconds)) }
    }
}
