import ArgumentParser

/// `lunauth version`: which version this is.
struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version", abstract: "Print the version.")

    func run() throws {
        do {
            try StandardOutput.line("lunauth \(Version.current)")
        } catch {
            throw ExitStatus.error(for: error)
        }
    }
}
