import CLinux
import Glibc
import System

/// The signals that the server handles, as a descriptor (signalfd(2)).
///
/// They have to be blocked in every thread, or one of them would be interrupted instead: the
/// first thread blocks them before it starts others, which inherit the mask.
public struct Signals: ~Copyable, Sendable {
    /// The request that a signal makes.
    enum SignalRequest: Equatable {
        /// SIGHUP: reload the configuration.
        case reload
        /// SIGTERM or SIGINT: shut down.
        case end
    }

    /// Readable while a signal is pending.
    let descriptor: FileDescriptor

    /// Blocks SIGTERM, SIGINT and SIGHUP in this thread and those it starts, and ignores SIGPIPE.
    ///
    /// To be called before any other thread is started; a second call does nothing.
    public static func block() {
        var signals = listened()
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
        signal(SIGPIPE, SIG_IGN)
    }

    /// Whether SIGTERM or SIGINT is pending since they were blocked.
    public static var isEndPending: Bool {
        var pending = sigset_t()
        unsafe sigpending(&pending)
        return unsafe sigismember(&pending, SIGTERM) == 1 || sigismember(&pending, SIGINT) == 1
    }

    /// Blocks the signals and makes them readable.
    ///
    /// - Throws: When the process has no descriptor left.
    init() throws(SystemError) {
        Self.block()
        var signals = Self.listened()
        let flags = Int32(SFD_CLOEXEC | SFD_NONBLOCK)
        let number = try SystemCall.require("signalfd") { unsafe signalfd(-1, &signals, flags) }
        descriptor = FileDescriptor(owning: number)
    }

    /// Takes a pending signal; nil when there is none.
    func take() -> SignalRequest? {
        var information = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        let number = descriptor.number
        guard SystemCall.retrying({ unsafe read(number, &information, size) }) == .done(size) else {
            return nil
        }
        return information.ssi_signo == UInt32(SIGHUP) ? .reload : .end
    }

    private static func listened() -> sigset_t {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        for signal in [SIGTERM, SIGINT, SIGHUP] { unsafe sigaddset(&signals, signal) }
        return signals
    }
}
