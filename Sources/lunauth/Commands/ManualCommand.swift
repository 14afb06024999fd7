import ArgumentParser

/// `lunauth manual`: the manual page, for `make release` to put beside the program.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Print the manual page, in roff.", shouldDisplay: false)

    func run() throws {
        do {
            try StandardOutput.write(Array(ManualPage(of: Lunauth.self).text.utf8))
        } catch {
            throw ExitStatus.error(for: error)
        }
    }
}
