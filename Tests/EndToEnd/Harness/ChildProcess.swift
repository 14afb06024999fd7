import Glibc
import Synchronization

/// A process that a test started; it never outlives this value.
final class ChildProcess: Sendable {
    /// How a process ended.
    enum Ending: Sendable, Equatable {
        /// By itself, with this code.
        case exited(Int32)
        /// By this signal.
        case signalled(Int32)
    }

    /// Its process id.
    let pid: pid_t
    private let ending = Mutex<Ending?>(nil)

    /// The files of a process's standard streams.
    struct Streams {
        /// Read as standard input.
        var input = "/dev/null"
        /// Written as standard output.
        var output = "/dev/null"
        /// Written as standard error.
        var errors = "/dev/null"
    }

    /// Starts a process.
    ///
    /// - Parameters:
    ///   - words: The absolute path of the program, and its arguments.
    ///   - directory: Its working directory.
    ///   - environment: All its variables.
    ///   - streams: Its standard streams.
    ///   - listener: A listening socket that it inherits as descriptor 3, as from systemd.
    /// - Throws: When the program does not exist.
    init(
        _ words: [String], in directory: String, environment: [String: String],
        streams: Streams, inheriting listener: Int32? = nil
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let writing = O_WRONLY | O_CREAT | O_APPEND
        posix_spawn_file_actions_addopen(&actions, 0, streams.input, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, streams.output, writing, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, streams.errors, writing, 0o600)
        if let listener { posix_spawn_file_actions_adddup2(&actions, listener, 3) }
        // The shell execs the program, so that the process id stays the same.
        let variables = listener == nil ? "" : "LISTEN_PID=$$ LISTEN_FDS=1 "
        let script = #"cd "$0" && \#(variables)exec "$@""#
        let arguments = CStrings(["/bin/sh", "-c", script, directory] + words)
        let variablesOfChild = CStrings(environment.map { "\($0.key)=\($0.value)" })
        var pid: pid_t = 0
        let code = posix_spawn(
            &pid, "/bin/sh", &actions, nil, arguments.pointers, variablesOfChild.pointers)
        guard code == 0 else { throw HarnessError("posix_spawn: error \(code)") }
        self.pid = pid
    }

    deinit {
        send(SIGKILL)
        // A killed process ends at once; the limit is for one that the kernel cannot kill.
        _ = try? wait()
    }

    /// How it ended; nil while it runs.
    var presentEnding: Ending? {
        ending.withLock { known in
            var status: Int32 = 0
            if known == nil, waitpid(pid, &status, WNOHANG) == pid {
                let signal = status & 0x7F
                known = signal == 0 ? .exited((status >> 8) & 0xFF) : .signalled(signal)
            }
            return known
        }
    }

    /// Sends a signal, unless the process has ended: its id may be reused then.
    func send(_ signal: Int32) {
        ending.withLock { known in
            if known == nil { kill(pid, signal) }
        }
    }

    /// Waits for its end.
    ///
    /// - Parameter seconds: The timeout.
    /// - Returns: How it ended.
    /// - Throws: When it has not ended in time.
    func wait(within seconds: Int = 30) throws -> Ending {
        try Waiting.value(within: seconds, of: "the end of process \(pid)") { presentEnding }
    }
}

/// Strings in the form of C: an array of pointers, the last one null.
private final class CStrings {
    let pointers: [UnsafeMutablePointer<CChar>?]

    init(_ strings: [String]) {
        pointers = strings.map { strdup($0) } + [nil]
    }

    deinit {
        for pointer in pointers { free(pointer) }
    }
}
