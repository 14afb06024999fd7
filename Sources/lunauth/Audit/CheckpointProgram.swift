import Glibc
import System

/// Why a checkpoint was not sent; it is tried again.
enum CheckpointError: Error, CustomStringConvertible {
    /// The file cannot be written.
    case file(FileError)
    /// The program cannot be started.
    case system(SystemError)
    /// The program ended with another status than 0.
    case failed(program: String, status: Int32)
    /// A signal ended the program.
    case killed(program: String, signal: Int32)
    /// The program did not end in time, and was killed.
    case tooSlow(program: String)

    var description: String {
        switch self {
        case .file(let error): "\(error)"
        case .system(let error): "\(error)"
        case .failed(let program, let status): "\(program) ended with status \(status)"
        case .killed(let program, let signal): "\(program) was ended by signal \(signal)"
        case .tooSlow(let program): "\(program) did not end in time"
        }
    }
}

/// Gives a program one line on its standard input, and waits for its end.
enum CheckpointProgram {
    /// How often its end is looked for.
    private static let step: UInt32 = 20_000

    /// Runs the program once.
    ///
    /// - Parameters:
    ///   - path: The program; status 0 is success.
    ///   - line: At most 4,096 bytes (PIPE_BUF), which are written at once and wait for no reader.
    ///   - deadline: When it is killed, in nanoseconds of the monotonic clock; it may become earlier meanwhile.
    /// - Throws: Why the line is not known to have arrived.
    static func run(
        _ path: String, _ line: [UInt8], until deadline: () -> UInt64
    ) throws(CheckpointError) {
        let process = try start(path, line)
        var status: Int32 = 0
        while true {
            switch SystemCall.retrying({ Int(unsafe waitpid(process, &status, WNOHANG)) }) {
            case .done(0): break
            case .done: return try require(status, of: path)
            case .wouldBlock: throw .system(SystemError("waitpid", code: EAGAIN))
            case .failed(let code): throw .system(SystemError("waitpid", code: code))
            }
            guard MonotonicClock.now() < deadline() else {
                kill(-process, SIGKILL)
                kill(process, SIGKILL)
                _ = SystemCall.retrying { Int(waitpid(process, nil, 0)) }
                throw .tooSlow(program: path)
            }
            usleep(step)
        }
    }

    /// Decodes the status of wait(2), which has only macros for it.
    private static func require(_ status: Int32, of path: String) throws(CheckpointError) {
        let signal = status & 0x7F
        guard signal == 0 else { throw .killed(program: path, signal: signal) }
        guard status == 0 else { throw .failed(program: path, status: (status >> 8) & 0xFF) }
    }

    private static func start(_ path: String, _ line: [UInt8]) throws(CheckpointError) -> pid_t {
        do throws(SystemError) {
            let pipe = try Pipe()
            let number = pipe.writer.number
            try SystemCall.require("write") {
                unsafe line.withUnsafeBytes { bytes in
                    unsafe Int32(Glibc.write(number, bytes.baseAddress, bytes.count))
                }
            }
            // Its output goes where the log goes: to standard error.
            return try ChildProgram.spawn(path, input: pipe.reader.number, output: STDERR_FILENO)
        } catch {
            throw .system(error)
        }
    }
}
