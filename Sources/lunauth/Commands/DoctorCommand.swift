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
    @Option(
        help: ArgumentHelp(
            "Examine the proxy in front of the running server, too: its public address.",
            valueName: "origin"))
    var url: String?
    @Option(help: "Connect to this address instead of where --url and applications lead.")
    var address: String?
    @Option(help: "Trust these authorities (PEM) instead of the system's for --url.")
    var caFile: String?

    func validate() throws {
        guard let url else {
            guard address == nil, caFile == nil else {
                throw ValidationError("--address and --ca-file belong to --url")
            }
            return
        }
        guard Origin(url) != nil else {
            throw ValidationError("--url: expected an origin, such as https://auth.example.com")
        }
    }

    func run() throws {
        let report = DoctorReport(results: Doctor.examine(try server()))
        try StandardOutput.line(json ? report.json : report.text)
        guard report.worst.exitStatus == 0 else { throw ExitCode(report.worst.exitStatus) }
    }

    /// The server that is examined, or what keeps its configuration from being used.
    private func server() throws -> Result<Examination, Obstacle> {
        let request = DoctorRequest(
            backups: backups.absolute(in: Environment.workingDirectory), testMail: testMail,
            proxy: url.flatMap(Origin.init).map { site in
                ProxyRequest(
                    site: site, address: address,
                    caFile: caFile?.absolute(in: Environment.workingDirectory))
            })
        do {
            let loaded = try options.load(for: .report)
            return .success(
                Examination(
                    loaded: loaded, host: Host(of: loaded.values.dataDirectory),
                    request: request, now: WallClock.now(),
                    proxy: request.proxy?.facts(loaded) ?? .failure(.notAsked)))
        } catch {
            do {
                return .failure(try Obstacle(error))
            } catch {
                throw ExitStatus.error(for: error)
            }
        }
    }
}
