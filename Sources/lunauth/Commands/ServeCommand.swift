import ArgumentParser

/// `lunauth serve`: the daemon.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the server (the default command).")

    @OptionGroup var options: ConfigurationOptions

    func run() throws {
        do {
            try Daemon.run(options)
        } catch {
            throw ExitStatus.error(for: error)
        }
    }
}
