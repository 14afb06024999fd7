import CLinux

/// The code and the constants of this program and its libraries, as far as they are in memory.
public enum PageCache {
    /// Returns the pages that only the start needed.
    ///
    /// What is needed comes back from the page cache, a fault of a microsecond each; the rest no longer
    /// counts as this process's memory, which a limit on it may be about.
    public static func release() {
        clinux_release_program_pages()
    }
}
