import Glibc

/// Memory that ends right before a page nobody may touch: reading one byte too many crashes.
final class GuardedPages {
    private let base: UnsafeMutableRawPointer
    private let capacity: Int
    private static let pageSize = 4_096

    /// Room for at least so many bytes.
    init(capacity: Int) throws {
        let pages = (capacity + Self.pageSize - 1) / Self.pageSize
        self.capacity = pages * Self.pageSize
        guard
            let base = mmap(
                nil, self.capacity + Self.pageSize, PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), base != MAP_FAILED,
            mprotect(base + self.capacity, Self.pageSize, PROT_NONE) == 0
        else {
            throw MemoryError()
        }
        self.base = base
    }

    deinit {
        munmap(base, capacity + Self.pageSize)
    }

    /// Calls with bytes of which the last is the last that may be read.
    func withSpan<Result>(
        of bytes: some Collection<UInt8>, _ body: (Span<UInt8>) -> Result
    ) -> Result {
        let start = base + (capacity - bytes.count)
        let target = UnsafeMutableRawBufferPointer(start: start, count: bytes.count)
        target.copyBytes(from: bytes)
        return body(UnsafeRawBufferPointer(target).bindMemory(to: UInt8.self).span)
    }

    /// The system refuses the memory.
    struct MemoryError: Error {}
}
