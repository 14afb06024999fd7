import ArgumentParser
import Glibc

/// The command line.
@main
struct Lunauth: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lunauth",
        abstract: "An authentication server: accounts, sessions and tokens over HTTP.",
        version: Version.current,
        subcommands: [
            ServeCommand.self, MigrateCommand.self, CheckCommand.self, UserCommand.self,
            SecretCommand.self,
        ],
        defaultSubcommand: ServeCommand.self)

    /// Everything this program writes is for its own user alone; a write to a closed pipe or socket
    /// is an error where it happens and no signal.
    static func main() {
        umask(0o077)
        signal(SIGPIPE, SIG_IGN)
        main(nil)
    }
}

/// The version of this program.
enum Version {
    static let current = "0.1.0"
}
