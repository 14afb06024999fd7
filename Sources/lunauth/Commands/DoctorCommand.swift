import ArgumentParser
import Auth

/// `lunauth doctor`: whether the server is set up well, and what to do where it is not.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Examine a server and its machine; say what was found and what to do.",
        discussion: """
            Works beside a running server or without one, and changes nothing. The exit status is 0, 1 with \
            warnings, or 2 with errors. The names of the checks are stable.
            """)

    @OptionGroup var options: ConfigurationOptions
    @Flag(help: "Print one JSON array with an object for each finding.") var json = false
    @Option(help: "The directory of the backups.") var backups = DoctorRequest().backups
    @Option(
        help: ArgumentHelp(
            "Have the running server send a test mail.", valueName: "address"))
    var testMail: String?

    func run() throws {
        let report = DoctorReport(results: Doctor.examine(try server()))
        try StandardOutput.line(json ? report.json : report.text)
        guard report.worst.exitStatus == 0 else { throw ExitCode(report.worst.exitStatus) }
    }

    /// The server that is examined, or what keeps its configuration from being used.
    private func server() throws -> Result<Examination, Obstacle> {
        let request = DoctorRequest(
            backups: backups.absolute(in: Environment.workingDirectory), testMail: testMail)
        do {
            let loaded = try options.load(for: .report)
            return .success(
                Examination(
                    loaded: loaded, host: Host(of: loaded.values.dataDirectory),
                    request: request, now: WallClock.now()))
        } catch {
            do {
                return .failure(try Obstacle(error))
            } catch {
                throw ExitStatus.error(for: error)
            }
        }
    }
}
