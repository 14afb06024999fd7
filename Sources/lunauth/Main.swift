import ArgumentParser
import Glibc
import System

/// The command line.
@main
struct Lunauth: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lunauth",
        abstract: "An authentication server: accounts, sessions and tokens over HTTP.",
        version: Version.current,
        subcommands: [
            ServeCommand.self, MigrateCommand.self, CheckCommand.self, DoctorCommand.self,
            ConfigCommand.self,
            BackupCommand.self, RestoreCommand.self, MigrateStoreCommand.self,
            ExportCommand.self, ImportCommand.self, UserCommand.self,
            InviteCommand.self, MailCommand.self, SessionCommand.self, APIKeyCommand.self,
            AuditCommand.self, SecretCommand.self, ExplainCommand.self, HealthCommand.self,
            VersionCommand.self,
            ManualCommand.self,
        ],
        defaultSubcommand: ServeCommand.self)

    /// Everything this program writes is for its own user alone; a write to a closed pipe or socket,
    /// or past a limit of size, is an error where it happens and no signal.
    static func main() {
        // Without these three, the next descriptors that are opened would take their numbers, and
        // what is meant for a person would go to a socket or a database.
        while case let descriptor = unsafe open("/dev/null", O_RDWR), descriptor >= 0 {
            guard descriptor > STDERR_FILENO else { continue }
            close(descriptor)
            break
        }
        umask(0o077)
        _ = SystemUser.present
        // Most of what it does has to do with secrets.
        ProcessHardening.forbidDumps()
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        if let fault = Environment.firstFault {
            StandardError.write("lunauth: \(fault.sentence)\n")
            Glibc.exit(fault.exit.rawValue)
        }
        main(nil)
        // What the parser printed; a closed pipe is no failure.
        guard fflush(nil) == 0 || errno == EPIPE else {
            StandardError.write("lunauth: the output cannot be written\n")
            Glibc.exit(ExitStatus.io.rawValue)
        }
    }
}
