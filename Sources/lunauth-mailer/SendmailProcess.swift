import Glibc
import System

/// A program that is fed one text.
struct SendmailProcess: ~Copyable {
    private let pid: pid_t
    private let input: FileDescriptor
    private let terminate: (pid_t) -> Void

    /// Starts a program with a pipe as its standard input, and its output thrown away.
    ///
    /// - Parameters:
    ///   - words: Its absolute path, and its arguments.
    ///   - terminate: Kills it when it takes too long; a test looks at its pipe at that moment.
    /// - Throws: When it cannot be started.
    init(
        _ words: [String], terminate: @escaping (pid_t) -> Void = { _ = kill($0, SIGKILL) }
    ) throws(SystemError) {
        var ends: [Int32] = [-1, -1]
        try SystemCall.require("pipe") { unsafe pipe(&ends) }
        let output = FileDescriptor(owning: ends[0])
        let input = FileDescriptor(owning: ends[1])
        // Only the program has the other end, so that the end of the mail can be seen; and
        // it never waits for a program that does not read.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        _ = fcntl(input.number, F_SETFL, O_NONBLOCK)
        pid = try Self.spawn(words, reading: output.number)
        self.input = input
        self.terminate = terminate
    }

    /// Writes the text, closes the pipe and waits for the end of the program.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - deadline: When it is killed, in nanoseconds of the monotonic clock.
    /// - Returns: How it ended.
    consuming func feed(_ bytes: [UInt8], until deadline: UInt64) -> SendmailEnding {
        let terminate = terminate
        var rest = bytes[...]
        while !rest.isEmpty, MonotonicClock.now() < deadline {
            let written = unsafe rest.withUnsafeBytes { bytes in
                SystemCall.retrying {
                    unsafe write(input.number, bytes.baseAddress, bytes.count)
                }
            }
            switch written {
            case .done(let count): rest = rest.dropFirst(count)
            case .wouldBlock: Self.pause(until: deadline, writable: input.number)
            // It reads no more: its exit status has the reason.
            case .failed:
                return Self.wait(
                    for: close(), until: deadline, hasReadAll: false, terminate: terminate)
            }
        }
        guard rest.isEmpty else {
            // Before the pipe closes: what it was not given yet, it must not take for the whole.
            return Self.end(pid, terminate: terminate)
        }
        return Self.wait(for: close(), until: deadline, hasReadAll: true, terminate: terminate)
    }

    /// Closes the pipe; the number of the process is left.
    private consuming func close() -> pid_t { pid }

    private static func wait(
        for pid: pid_t, until deadline: UInt64, hasReadAll: Bool, terminate: (pid_t) -> Void
    ) -> SendmailEnding {
        var status: Int32 = 0
        while unsafe waitpid(pid, &status, WNOHANG) == 0 {
            guard MonotonicClock.now() < deadline else { return end(pid, terminate: terminate) }
            pause(until: deadline)
        }
        let signal = status & 0x7F
        return signal == 0
            ? .exited(code: (status >> 8) & 0xFF, hasReadAll: hasReadAll) : .signalled(signal)
    }

    /// Kills the program; a killed process ends at once.
    private static func end(_ pid: pid_t, terminate: (pid_t) -> Void) -> SendmailEnding {
        terminate(pid)
        var status: Int32 = 0
        while unsafe waitpid(pid, &status, 0) < 0, errno == EINTR {}
        return .late
    }

    /// Waits for a hundredth of a second, or until the descriptor takes more.
    private static func pause(until deadline: UInt64, writable descriptor: Int32? = nil) {
        var entry = pollfd(fd: descriptor ?? -1, events: Int16(POLLOUT), revents: 0)
        _ = unsafe poll(&entry, 1, min(10, deadline.milliseconds(after: MonotonicClock.now())))
    }

    private static func spawn(
        _ words: [String], reading descriptor: Int32
    ) throws(SystemError) -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, STDIN_FILENO)
        for stream in [STDOUT_FILENO, STDERR_FILENO] {
            unsafe posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_WRONLY, 0)
        }
        // What this process ignores would be ignored by the program, too.
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        unsafe sigfillset(&signals)
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        let flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))

        var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
        defer { for index in unsafe arguments.indices { unsafe free(arguments[index]) } }
        var pid: pid_t = 0
        let code = unsafe posix_spawn(
            &pid, words[0], &actions, &attributes, &arguments, environ)
        guard code == 0 else { throw SystemError("posix_spawn", code: code) }
        return pid
    }
}
