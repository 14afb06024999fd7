import Glibc
import System
import Mail

/// To a program on this machine, which takes a mail as sendmail(8) does.
struct SendmailTransport: Transport {
    private let path: String
    private let seconds: Int

    /// Prepares the program.
    init(_ configuration: MailerConfiguration) {
        path = configuration.sendmail?.path ?? ""
        seconds = configuration.timeoutSeconds
    }

    /// The program was found when the configuration was checked; it takes nothing but mails.
    func tryServer() -> Delivery { Delivery(.sent, "the program is there") }

    func deliver(_ message: Message) -> Delivery {
        // -i: a line with nothing but a full stop is a line. No shell reads any of this, and after
        // the two hyphens no address is taken for an option.
        let words = [path, "-i", "-f", message.from.addressText, "--", message.recipient]
        let process: SendmailProcess
        do throws(SystemError) {
            process = try SendmailProcess(words)
        } catch {
            return Delivery(.deferred, "\(error)")
        }
        // Programs on this machine end their lines with a line feed alone.
        let mail = message.encoded().filter { $0 != UInt8(ascii: "\r") }
        let deadline = MonotonicClock.now() + Duration.seconds(seconds).nanoseconds
        return process.feed(mail, until: deadline).delivery
    }
}

/// How a program took a mail.
enum SendmailEnding: Equatable {
    /// It ended with this code, and had read all of the mail or not.
    case exited(code: Int32, hasReadAll: Bool)
    /// A signal ended it.
    case signalled(Int32)
    /// It was killed since it took too long.
    case late

    /// What it means for the mail.
    ///
    /// Only a status about the mail or its recipient rejects it (sysexits.h): everything else is
    /// mended on this machine.
    var delivery: Delivery {
        switch self {
        case .exited(code: 0, hasReadAll: true):
            Delivery(.sent, "sendmail ended with 0")
        case .exited(code: 0, hasReadAll: false):
            Delivery(.deferred, "sendmail did not read the mail")
        case .exited(let code, _):
            // EX_DATAERR, EX_NOUSER, EX_NOHOST.
            Delivery(
                [65, 67, 68].contains(code) ? .rejected : .deferred, "sendmail ended with \(code)")
        case .signalled(let number): Delivery(.deferred, "sendmail was ended by signal \(number)")
        case .late: Delivery(.deferred, "sendmail took too long and was killed")
        }
    }
}
