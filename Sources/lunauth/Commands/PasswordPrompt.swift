import Glibc

/// Reads passwords: never from arguments, which everybody on the machine can see.
enum PasswordPrompt {
    /// Asks twice on a terminal, without echo; else the first line of standard input.
    ///
    /// - Throws: The way out when there is none, or when the two differ.
    static func newPassword() throws -> String {
        guard isatty(STDIN_FILENO) == 1 else {
            guard let line = readLine(strippingNewline: true) else {
                throw Exit.usage.because("no password on standard input")
            }
            return line
        }
        let first = try ask("Password: ")
        guard try ask("Again: ") == first else { throw Exit.usage.because("the passwords differ") }
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
        guard let line = readLine(strippingNewline: true), !line.contains("\u{3}") else {
            throw Exit.usage.because("no password was typed")
        }
        return line
    }
}
