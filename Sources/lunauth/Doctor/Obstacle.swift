import PostgreSQLStore
import System

/// Why the configuration cannot be used: findings of some checks, for want of which the others cannot look.
struct Obstacle: Error {
    /// What was found, each by the name of its check.
    let results: [CheckResult]

    /// What an error of loading means to the doctor.
    ///
    /// - Throws: The error, where it is none of these.
    init(_ error: any Error) throws {
        switch error {
        case let error as ConfigurationError:
            results = error.problems.map { problem in
                CheckResult(
                    check: problem.check,
                    findings: [.error("\(problem)", advice: problem.advice)])
            }
        case let error as SetupRecordError:
            results = [
                CheckResult(
                    check: "files.setup-record",
                    findings: [.error(error.finding, advice: error.advice)])
            ]
        case let error as FileError:
            results = [
                CheckResult(
                    check: "files.setup-record",
                    findings: [
                        .error("\(error)", advice: "make setup.json readable for its server")
                    ])
            ]
        case let error as PostgreSQLStorageError:
            results = [
                CheckResult(
                    check: "database.server",
                    findings: [.error("\(error)", advice: error.kind.advice)])
            ]
        case let error as SystemError:
            results = [
                CheckResult(
                    check: "files.data-directory",
                    findings: [
                        .error("\(error)", advice: "run the command as root, or as the server")
                    ])
            ]
        default: throw error
        }
    }

    /// The findings of a check.
    func findings(of check: Check) -> [Finding] {
        let found = results.filter { $0.check == check.id }.flatMap(\.findings)
        return found.isEmpty ? [.skipped("the configuration cannot be used")] : found
    }
}

extension ConfigurationError.Problem {
    /// The check whose finding it is.
    fileprivate var check: String {
        switch self {
        case .unreadable, .notJSON: "config.file"
        case .unknownKey, .unknownVariable: "config.keys"
        case .wrongValue, .invalid, .needsHTTPS, .missing: "config.values"
        case .givenTwice: "config.sources"
        case .readableByOthers: "files.secrets"
        }
    }

    /// What to do about it.
    var advice: String {
        switch self {
        case .unreadable: "correct the name, or let the user of the server read the file"
        case .notJSON: "correct the file there; JSON has no comments and no comma at the end"
        case .unknownKey(_, _, let nearest?): "write \"\(nearest)\", or remove the key"
        case .unknownKey: "remove the key; docs/configuration.md lists all there are"
        case .unknownVariable(_, let nearest?): "name it \(nearest), or unset it"
        case .unknownVariable:
            "unset it; in Kubernetes set enableServiceLinks: false for the pod"
        case .wrongValue, .invalid: "write a value that is expected"
        case .needsHTTPS: "set websiteUrl to the https address of the site, or change the value"
        case .readableByOthers: "chmod 0600, or 0640 with the group of the server"
        case .givenTwice: "unset one of the two"
        case .missing: "set the key, or the variable or credential of the secret"
        }
    }
}
