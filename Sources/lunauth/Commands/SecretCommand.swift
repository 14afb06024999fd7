import ArgumentParser

/// `lunauth secret`: the key that everything is signed with.
struct SecretCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "secret", abstract: "Print the JWT key, or replace the secret key.",
        subcommands: [JWT.self, RotateCommand.self])

    /// `lunauth secret jwt`.
    struct JWT: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "jwt",
            abstract: "Print the JWT key in base64url, for services that verify tokens.")

        @OptionGroup var options: ConfigurationOptions

        func run() throws {
            do {
                let loaded = try options.load(for: .existing)
                let keys = SecretKeys(loaded)
                try keys.takeShared(of: loaded)
                try StandardOutput.line(keys.encodedTokenKey())
            } catch {
                throw ExitStatus.error(for: error)
            }
        }
    }
}
