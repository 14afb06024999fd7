import Glibc
import System

/// The program that sends mails, and requests of the doctor, so that the daemon neither opens connections nor loads a TLS client.
///
/// The daemon starts it and speaks to it over its standard input and output (`Mail.Frame`); it ends
/// with its input. It takes no arguments, and has no other output.
@main
enum Mailer {
    /// How it ends: the codes of sysexits.h.
    enum Ending: Int32 {
        /// Its input has ended.
        case done = 0
        /// It was given arguments.
        case usage = 64
        /// Its input or output is broken.
        case io = 74
        /// It was sent something that is no order.
        case malformed = 76
        /// Its configuration is unusable; the greeting has the reason.
        case configuration = 78
    }

    static func main() {
        // Its memory contains a password, and links that are as good as one.
        ProcessHardening.forbidDumps()
        // A closed pipe or connection is an error where it happens, and no signal. What stops the
        // daemon often reaches this process as well, from a terminal or from systemd: the daemon
        // decides when there is nothing more to send, so that no delivery is cut in two.
        for number in [SIGPIPE, SIGINT, SIGTERM] { signal(number, SIG_IGN) }
        exit(ending().rawValue)
    }

    private static func ending() -> Ending {
        guard CommandLine.argc == 1 else { return .usage }
        guard (try? Thread(endWithReader)) != nil else { return .io }
        do throws(FrameStreamError) {
            var conversation = MailerSession()
            return try conversation.run()
        } catch {
            switch error {
            case .io: return .io
            case .malformed: return .malformed
            }
        }
    }

    /// Ends the process when the daemon closes the pipe, even while a mail is being sent.
    ///
    /// The daemon was killed: the next one sends that mail again, and this one would only be in its way.
    @Sendable private static func endWithReader() {
        // Of an error or a hang-up poll(2) tells without being asked.
        var output = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
        _ = SystemCall.retrying { Int(unsafe poll(&output, 1, -1)) }
        // With a sendmail that is under way, to which the end of its input would be the end of the mail;
        // the daemon made this process the first of its group.
        if getpgrp() == getpid() { kill(0, SIGKILL) }
        _exit(Ending.io.rawValue)
    }
}
