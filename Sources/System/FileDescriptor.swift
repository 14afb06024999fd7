import Glibc

/// A descriptor that this value owns; closed with it.
public struct FileDescriptor: ~Copyable, Sendable {
    /// The number the kernel knows it by.
    public let number: Int32

    /// Takes over an open descriptor.
    public init(owning number: Int32) {
        self.number = number
    }

    deinit {
        // Never retried: on Linux the descriptor is gone even after EINTR, and its number may
        // already belong to another thread.
        close(number)
    }
}
