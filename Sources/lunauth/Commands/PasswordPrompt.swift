import Glibc
import System

/// Reads passwords: never from arguments, which everybody on the machine can see.
enum PasswordPrompt {
    /// More than the longest password takes, even when it is refused for its length.
    private static let maximumBytes = 4_096

    /// Asks twice on a terminal, without echo; else the first line of standard input.
    ///
    /// - Throws: The way out when there is none, when it is not UTF-8, or when the two differ.
    static func newPassword() throws -> String {
        guard isatty(STDIN_FILENO) == 1 else {
            guard let line = line() else {
                throw ExitStatus.usage.fail("no password on standard input")
            }
            // An editor or another program may have put it there: it marks the text as UTF-8.
            return try text(line.starts(with: [0xEF, 0xBB, 0xBF]) ? line.dropFirst(3) : line[...])
        }
        let first = try ask("Password: ")
        guard try ask("Again: ") == first else {
            throw ExitStatus.usage.fail("the passwords do not match")
        }
        return first
    }

    private static func ask(_ prompt: String) throws -> String {
        StandardError.write(prompt)
        var shown = termios()
        unsafe tcgetattr(STDIN_FILENO, &shown)
        var hidden = shown
        // Without signals: Ctrl-C would end the program and leave the terminal without echo.
        hidden.c_lflag &= ~tcflag_t(ECHO | ISIG)
        unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
        defer {
            unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
            StandardError.write("\n")
        }
        guard let line = line(), !line.contains(3) else {
            throw ExitStatus.usage.fail("no password was entered")
        }
        return try text(line[...])
    }

    private static func text(_ line: ArraySlice<UInt8>) throws -> String {
        guard line.count <= maximumBytes else {
            throw ExitStatus.usage.fail("the password is too long")
        }
        guard let text = String(validating: line, as: UTF8.self) else {
            throw ExitStatus.usage.fail("the password is not UTF-8")
        }
        return text
    }

    /// The next line of standard input without its end; nil at the end of the input.
    ///
    /// Byte by byte, so that nothing behind the line is taken along; what is too long is cut, and
    /// still too long.
    private static func line() -> [UInt8]? {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while line.count <= maximumBytes {
            let outcome = SystemCall.retrying { unsafe read(STDIN_FILENO, &byte, 1) }
            guard case .done(1) = outcome else { return line.isEmpty ? nil : line }
            guard byte != UInt8(ascii: "\n") else {
                if line.last == UInt8(ascii: "\r") { line.removeLast() }
                return line
            }
            line.append(byte)
        }
        return line
    }
}
