import Glibc
import HTTP
import System
import Synchronization

/// One listening socket, shared by all loops; closed when the last of them releases it.
final class Listener: Sendable {
    /// How many bytes of a connection's input and of its output the kernel buffers: more than the
    /// largest request. (The kernel doubles it for its own bookkeeping.)
    static let bufferBytes: Int32 = 131_072

    /// The socket, non-blocking.
    let descriptor: FileDescriptor
    /// The address, with the port that the kernel chose.
    let address: ListenAddress
    /// The role of its connections.
    let role: ListenerRole
    /// Whether the socket outlives this process.
    let isInherited: Bool
    private let socketFile: SocketFile?

    /// Listens on an address, or adopts an inherited socket.
    ///
    /// - Parameters:
    ///   - address: The address.
    ///   - role: The role of its connections.
    /// - Throws: `addressUnavailable` when the address is in use or does not belong to this machine.
    init(_ address: ListenAddress, for role: ListenerRole = .public) throws(ServerError) {
        switch address {
        case .tcp(let ip, let port):
            descriptor = try Self.bindTCP(ip, port: port, address)
            socketFile = nil
            isInherited = false
        case .unix(let path):
            descriptor = try SocketPathLock.withLock(path, for: address) { () throws(ServerError) in
                try Self.bindUnix(path, address)
            }
            socketFile = SocketFile(path: path)
            isInherited = false
        case .inherited(let number):
            descriptor = try Self.adopt(number, address)
            socketFile = nil
            isInherited = true
        }
        self.address = Self.boundAddress(of: descriptor) ?? address
        self.role = role
    }

    deinit {
        socketFile?.remove()
    }

    /// A socket's file, distinguished from a file that replaced it.
    private struct SocketFile: Sendable {
        let path: String
        let device: UInt
        let inode: UInt

        init?(path: String) {
            var status = stat()
            guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else {
                return nil
            }
            self.path = path
            device = status.st_dev
            inode = status.st_ino
        }

        func remove() {
            guard let now = SocketFile(path: path), now.device == device, now.inode == inode
            else { return }
            unsafe unlink(path)
        }
    }
}

/// The listening sockets of all loops.
///
/// They close when the last loop has released them, so that no loop watches a descriptor number
/// that the kernel has assigned again.
final class Listeners: Sendable {
    private let listeners: Mutex<[Listener]>
    private let holders: Atomic<Int>

    /// Creates the sockets for this many loops.
    init(_ listeners: [Listener], holders: Int) {
        self.listeners = Mutex(listeners)
        self.holders = Atomic(holders)
    }

    /// The sockets; empty once they are released.
    var all: [Listener] { listeners.withLock { $0 } }

    /// Records that one loop has released them.
    func release() {
        guard holders.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 else { return }
        listeners.withLock { $0 = [] }
    }
}

extension Listener {
    private static func bindTCP(
        _ ip: IPAddress, port: UInt16, _ address: ListenAddress
    ) throws(ServerError) -> FileDescriptor {
        let family =
            switch ip {
            case .v4: AF_INET
            case .v6: AF_INET6
            }
        let socket = try open(family)
        try set(socket, SOL_SOCKET, SO_REUSEADDR)
        if family == AF_INET6 { try set(socket, Int32(IPPROTO_IPV6), IPV6_V6ONLY) }
        try prepare(socket)
        let result = bind(socket, SocketAddress(ip, port: port))
        guard result == .done(0) else { throw unavailable(address, result) }
        try startListening(socket, address)
        return socket
    }

    private static func bindUnix(
        _ path: String, _ address: ListenAddress
    ) throws(ServerError) -> FileDescriptor {
        guard let name = SocketAddress(path: path) else {
            throw .addressUnavailable(address: address.description, reason: "the path is too long")
        }
        let socket = try open(AF_UNIX)
        var result = bind(socket, name)
        if result == .failed(EADDRINUSE), let file = SocketFile(path: path),
            try isRefused(name)
        {
            // Left by a process that has ended: no process listens on it.
            file.remove()
            result = bind(socket, name)
        }
        guard result == .done(0) else { throw unavailable(address, result) }
        // Before it listens, so that no other user can connect in between.
        try require("chmod") { unsafe chmod(path, 0o660) }
        try startListening(socket, address)
        return socket
    }

    private static func adopt(
        _ number: Int32, _ address: ListenAddress
    ) throws(ServerError) -> FileDescriptor {
        var listens: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        let result = SystemCall.retrying {
            Int(unsafe getsockopt(number, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size))
        }
        guard result == .done(0) else { throw unavailable(address, result) }
        guard listens == 1 else {
            throw .addressUnavailable(
                address: address.description, reason: "not a listening socket")
        }
        let socket = FileDescriptor(owning: number)
        try require("fcntl") { fcntl(number, F_SETFD, FD_CLOEXEC) }
        let flags = try require("fcntl") { fcntl(number, F_GETFL) }
        try require("fcntl") { fcntl(number, F_SETFL, flags | O_NONBLOCK) }
        if case .tcp = boundAddress(of: socket) {
            try prepare(socket)
        }
        return socket
    }

    /// Sets options that accepted sockets inherit, which saves a call for each of them.
    private static func prepare(_ socket: borrowing FileDescriptor) throws(ServerError) {
        try set(socket, Int32(IPPROTO_TCP), TCP_NODELAY)
        // Otherwise the kernel lets the buffers of each connection grow to megabytes, and a few
        // hundred clients that never read could use up its memory for all sockets.
        try set(socket, SOL_SOCKET, SO_SNDBUF, to: bufferBytes)
        try set(socket, SOL_SOCKET, SO_RCVBUF, to: bufferBytes)
    }

    private static func open(_ family: Int32) throws(ServerError) -> FileDescriptor {
        let kind = SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
        let number = try require("socket") { socket(family, Int32(kind), 0) }
        return FileDescriptor(owning: number)
    }

    private static func bind(
        _ socket: borrowing FileDescriptor, _ address: SocketAddress
    ) -> SystemCall.Outcome {
        let number = socket.number
        return unsafe address.withPointer { pointer, length in
            SystemCall.retrying { Int(unsafe Glibc.bind(number, pointer, length)) }
        }
    }

    private static func startListening(
        _ socket: borrowing FileDescriptor, _ address: ListenAddress
    ) throws(ServerError) {
        let number = socket.number
        let result = SystemCall.retrying { Int(listen(number, SOMAXCONN)) }
        guard result == .done(0) else { throw unavailable(address, result) }
    }

    /// Whether a Unix-domain socket exists that no process listens on.
    private static func isRefused(_ address: SocketAddress) throws(ServerError) -> Bool {
        let probe = try open(AF_UNIX)
        let number = probe.number
        return unsafe address.withPointer { pointer, length in
            SystemCall.retrying { Int(unsafe connect(number, pointer, length)) }
        } == .failed(ECONNREFUSED)
    }

    private static func set(
        _ socket: borrowing FileDescriptor, _ level: Int32, _ option: Int32, to value: Int32 = 1
    ) throws(ServerError) {
        var value = value
        let size = socklen_t(MemoryLayout<Int32>.size)
        let number = socket.number
        try require("setsockopt") {
            unsafe setsockopt(number, level, option, &value, size)
        }
    }

    private static func boundAddress(of socket: borrowing FileDescriptor) -> ListenAddress? {
        var address = SocketAddress()
        let number = socket.number
        let result = unsafe address.withMutablePointer { pointer, length in
            SystemCall.retrying { Int(unsafe getsockname(number, pointer, length)) }
        }
        guard result == .done(0) else { return nil }
        if case .address(let ip, let port) = address.peer { return .tcp(ip, port: port) }
        return address.path.isEmpty ? nil : .unix(path: address.path)
    }

    @discardableResult
    private static func require(_ name: String, _ call: () -> Int32) throws(ServerError) -> Int32 {
        try ServerError.translating { () throws(SystemError) in
            try SystemCall.require(name, call)
        }
    }

    private static func unavailable(
        _ address: ListenAddress, _ outcome: SystemCall.Outcome
    ) -> ServerError {
        let code: Int32 = if case .failed(let code) = outcome { code } else { EAGAIN }
        return .addressUnavailable(
            address: address.description, reason: SystemError("bind", code: code).reason)
    }
}
