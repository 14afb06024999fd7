import CLinux

/// The process's malloc.
public enum Allocator {
    /// Bounds the heaps ("arenas") over which malloc spreads its threads, mallopt(3).
    ///
    /// Unbounded, each of many threads gets a heap of its own, even one that always rests.
    public static func boundArenas(to count: Int) {
        mallopt(M_ARENA_MAX, Int32(clamping: count))
    }
}
