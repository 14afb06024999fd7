import Glibc

/// A descriptor that this value owns; closed with it.
struct FileDescriptor: ~Copyable, Sendable {
    /// The number the kernel knows it by.
    let number: Int32

    /// Takes over an open descriptor.
    init(owning number: Int32) {
        self.number = number
    }

    deinit {
        // Never retried: on Linux the descriptor is gone even after EINTR, and its number may
        // already belong to another thread.
        close(number)
    }
}
