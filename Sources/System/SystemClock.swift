import CLinux

/// The clock of the machine.
public enum SystemClock {
    /// Whether a time service keeps it right (adjtimex(2)); nil where the kernel does not say.
    public static var isSynchronized: Bool? {
        let state = clinux_is_clock_synchronized()
        return state < 0 ? nil : state == 1
    }
}
