import CLinux
import Glibc
import HTTP
import System

/// What a listening socket had to give.
enum AcceptResult: ~Copyable {
    /// A connection, non-blocking, and its other end.
    case connection(FileDescriptor, Peer)
    /// Nothing more.
    case drained
    /// A connection that broke before it was taken; the next may be fine.
    case skipped
    /// The process or the system has no descriptor or memory left.
    case exhausted
    /// The socket listens no more: whoever gave it has shut it down.
    case ended
    /// Taking failed for a reason that nobody foresaw.
    case failed
}

extension AcceptResult {
    /// Takes a connection from the queue of a listening socket, without waiting.
    ///
    /// What errors of the new connection itself look like is said in accept(2).
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
