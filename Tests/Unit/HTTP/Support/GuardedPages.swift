import Glibc

/// Memory that ends right before an inaccessible page: reading one byte too many crashes.
final class GuardedPages {
    private let base: UnsafeMutableRawPointer
    private let capacity: Int
    private static let pageSize = 4_096

    /// Maps memory for at least this many bytes.
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

    /// Calls with bytes, of which the last one is the last that is readable.
    func withSpan<Result>(
        of bytes: some Collection<UInt8>, _ body: (Span<UInt8>) -> Result
    ) -> Result {
        let start = base + (capacity - bytes.count)
        let target = UnsafeMutableRawBufferPointer(start: start, count: bytes.count)
        target.copyBytes(from: bytes)
        return body(UnsafeRawBufferPointer(target).bindMemory(to: UInt8.self).span)
    }

    /// The memory could not be mapped.
    struct MemoryError: Error {}
}
