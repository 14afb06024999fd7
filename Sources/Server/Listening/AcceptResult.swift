import CLinux
import Glibc
import HTTP
import System

/// The result of accepting from a listening socket.
enum AcceptResult: ~Copyable {
    /// A connection, non-blocking, and its peer.
    case connection(FileDescriptor, Peer)
    /// No connection is waiting.
    case drained
    /// The connection failed before it was accepted; the next may succeed.
    case skipped
    /// The process or the system has no descriptor or memory left.
    case exhausted
    /// The socket no longer listens: its owner has shut it down.
    case ended
    /// Accepting failed for an unexpected reason.
    case failed
}

extension AcceptResult {
    /// Accepts a connection from the queue of a listening socket, without blocking.
    ///
    /// accept(2) lists the errors of the new connection itself.
    static func next(from listener: borrowing FileDescriptor) -> AcceptResult {
        var address = SocketAddress()
        let number = listener.number
        let result = unsafe address.withMutablePointer { pointer, length in
            SystemCall.retrying { Int(unsafe clinux_accept(number, pointer, length)) }
        }
        switch result {
        case .done(let result):
            let number = Int32(truncatingIfNeeded: result)
            let socket = FileDescriptor(owning: number)
            return .connection(
                socket, address.peer ?? .local(user: PeerOwner.user(connectedTo: number)))
        case .wouldBlock: return .drained
        case .failed(EMFILE), .failed(ENFILE), .failed(ENOBUFS), .failed(ENOMEM): return .exhausted
        case .failed(ECONNABORTED), .failed(EPROTO), .failed(EPERM), .failed(ENETDOWN),
            .failed(ENOPROTOOPT), .failed(EHOSTDOWN), .failed(ENONET), .failed(EHOSTUNREACH),
            .failed(EOPNOTSUPP), .failed(ENETUNREACH):
            return .skipped
        case .failed(EINVAL), .failed(EBADF), .failed(ENOTSOCK): return .ended
        case .failed: return .failed
        }
    }
}
