import Glibc
import System

/// Starts programs beside the daemon.
enum ChildProgram {
    /// Starts a program without arguments.
    ///
    /// Everything else that is open here closes on exec. It inherits neither the blocked and ignored signals of
    /// this process nor its secrets, and has a process group of its own: a Ctrl-C at the terminal is for the
    /// daemon, which lets it finish.
    ///
    /// - Parameters:
    ///   - path: The program.
    ///   - input: The descriptor of its standard input.
    ///   - output: The descriptor of its standard output.
    /// - Returns: Its process, which leads its group and has to be waited for.
    /// - Throws: When it cannot be started.
    static func spawn(
        _ path: String, input: Int32, output: Int32
    ) throws(SystemError) -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        unsafe posix_spawn_file_actions_init(&actions)
        unsafe posix_spawnattr_init(&attributes)
        defer {
            unsafe posix_spawn_file_actions_destroy(&actions)
            unsafe posix_spawnattr_destroy(&attributes)
        }
        unsafe posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        unsafe posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        // Those that the daemon ignores: a shell's pipeline relies on SIGPIPE.
        for signal in [SIGPIPE, SIGXFSZ] { unsafe sigaddset(&signals, signal) }
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        unsafe posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))

        // What TLS, time zones and the resolver look for; nothing of lunauth or libpq, which may contain
        // secrets, and no backtraces, which print memory.
        let environment = Environment.variables
            .filter { !$0.key.hasPrefix("LUNAUTH_") && !$0.key.hasPrefix("PG") }
            .merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
            .map { "\($0.key)=\($0.value)" }
        var process = pid_t()
        let code = unsafe withCStrings([path]) { arguments in
            unsafe withCStrings(environment) { environment in
                unsafe posix_spawn(&process, path, &actions, &attributes, arguments, environment)
            }
        }
        guard code == 0 else { throw SystemError("posix_spawn \(path)", code: code) }
        return process
    }

    /// Lends texts as C's functions want them: an array of pointers that ends with a null one.
    private static func withCStrings(
        _ texts: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Int32
    ) -> Int32 {
        var pointers = unsafe texts.map { unsafe strdup($0) } + [nil]
        defer { for index in unsafe pointers.indices { unsafe free(pointers[index]) } }
        return unsafe pointers.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return ENOMEM }
            return unsafe body(base)
        }
    }
}
