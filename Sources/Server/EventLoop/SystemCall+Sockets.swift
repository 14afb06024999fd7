import Glibc
import System

/// The system calls on sockets.
extension SystemCall {
    /// Receives what fits into `buffer`, without waiting; `.done(0)` is the end of the input.
    static func receive(
        _ socket: borrowing FileDescriptor, into buffer: inout [UInt8], from start: Int = 0
    ) -> Outcome {
        let number = socket.number
        return unsafe buffer.withUnsafeMutableBytes { bytes in
            let space = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes.dropFirst(start))
            return retrying { unsafe recv(number, space.baseAddress, space.count, 0) }
        }
    }

    /// Sends bytes without waiting and without SIGPIPE.
    static func send(
        _ socket: borrowing FileDescriptor, _ bytes: [UInt8], in range: Range<Int>
    ) -> Outcome {
        let number = socket.number
        return unsafe bytes.withUnsafeBytes { bytes in
            let part = unsafe UnsafeRawBufferPointer(rebasing: bytes[range])
            return retrying {
                unsafe Glibc.send(number, part.baseAddress, part.count, Int32(MSG_NOSIGNAL))
            }
        }
    }

    /// Ends the output of a connection; its input stays open.
    static func endOutput(_ socket: borrowing FileDescriptor) {
        shutdown(socket.number, Int32(SHUT_WR))
    }

    /// Opens a descriptor to be closed when the process has none left.
    static func openSpare() -> FileDescriptor? {
        let flags = O_RDONLY | O_CLOEXEC
        guard case .done(let number) = retrying({ Int(unsafe open("/dev/null", flags)) }) else {
            return nil
        }
        return FileDescriptor(owning: Int32(truncatingIfNeeded: number))
    }
}
