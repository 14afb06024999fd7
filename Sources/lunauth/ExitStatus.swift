import ArgumentParser
import Auth
import Glibc
import HTTP
import System
import Mail
import Server
import PostgreSQLStore
import SQLiteStore

/// The exit statuses of sysexits.h.
enum ExitStatus: Int32 {
    /// The command failed.
    case failure = 1
    /// The command line is wrong.
    case usage = 64
    /// An address or the data directory is in use, or a server cannot be reached.
    case unavailable = 69
    /// A file or the database cannot be read or written.
    case io = 74
    /// The configuration is wrong.
    case configuration = 78

    /// The error that makes the argument parser exit with this status, after the reason was written.
    var exit: ExitCode { ExitCode(rawValue) }

    /// Writes the reason to standard error.
    ///
    /// - Returns: The error that makes the argument parser exit with this status.
    func fail(_ reason: String) -> ExitCode {
        StandardError.write("lunauth: \(reason)\n")
        return ExitCode(rawValue)
    }
}

extension ExitStatus {
    /// The error that ends a command for an error of a module below, after its reason was written.
    static func error(for error: any Error) -> any Error {
        switch error {
        case let error as ConfigurationError: configuration.fail("\(error)")
        case let error as SetupRecordError: configuration.fail("\(error)")
        case let error as ServerNotFound: configuration.fail("\(error)")
        case let error as DataDirectoryError: code(for: error).fail("\(error)")
        case let error as ServerError: unavailable.fail(sentence(for: error))
        case let error as SystemError: io.fail("\(error)")
        case OutputError.closed: ExitCode.success
        case OutputError.failed(let error): io.fail("the output cannot be written: \(error)")
        case let error as FileError: code(for: error).fail("\(error)")
        case let error as StorageError: code(for: error).fail("\(error)")
        case let error as PostgreSQLStorageError: code(for: error).fail("\(error)")
        case let error as SecretKeyError: code(for: error).fail("\(error)")
        case let error as MailError: configuration.fail("\(MailerError.unusable("\(error)"))")
        case let error as MailerError: code(for: error).fail("\(error)")
        case let error as AuthError: code(for: error).fail(sentence(for: error))
        default: error
        }
    }

    /// Names the setting that a server cannot listen for.
    private static func sentence(for error: ServerError) -> String {
        switch error {
        case .addressUnavailable(_, .public, _): "listen: \(error)"
        case .addressUnavailable(_, .admin, _):
            "admin.listen: \(error); give each server an address of its own, or \"none\""
        case .system: "\(error)"
        }
    }

    private static func code(for error: StorageError) -> ExitStatus {
        switch error {
        case .pendingMigration, .absent: configuration
        case .exists, .inUse, .occupied: failure
        case .newerSchema, .missing, .foreign, .corrupt, .isBackup: io
        case .file(let error): code(for: error)
        }
    }

    private static func code(for error: PostgreSQLStorageError) -> ExitStatus {
        switch error.kind {
        case .pendingMigration, .libraryMissing: configuration
        case .unreachable, .inUse: unavailable
        case .occupied: failure
        case .unusable: io
        }
    }

    private static func code(for error: FileError) -> ExitStatus {
        switch error {
        case .locked: unavailable
        case .io: io
        }
    }

    private static func code(for error: DataDirectoryError) -> ExitStatus {
        switch error {
        case .missingParent: configuration
        case .system: io
        }
    }

    private static func code(for error: SecretKeyError) -> ExitStatus {
        switch error {
        case .malformed, .readableByOthers, .fixed, .doesNotFit, .doesNotOpen: configuration
        case .contended: failure
        case .missing, .file, .crypto: io
        }
    }

    private static func code(for error: MailerError) -> ExitStatus {
        switch error {
        case .unusable, .tooLong: configuration
        case .system(let error) where error.code == ENOENT || error.code == EACCES: configuration
        case .system, .gone, .silent: io
        }
    }

    private static func code(for error: AuthError) -> ExitStatus {
        switch error {
        case .unavailable, .overloaded: io
        case .invalidInput: usage
        default: failure
        }
    }

    private static func sentence(for error: AuthError) -> String {
        switch error {
        case .invalidInput(let inputs):
            inputs.map { "\($0.field) \($0.message)" }.joined(separator: "\n")
        case .emailTaken: "another account has this email"
        case .alreadySetUp: "an owner exists; there can be only one"
        case .ownerProtected:
            "the owner's account cannot be changed this way: transfer ownership first, with "
                + "`lunauth user role EMAIL owner`"
        case .pendingApproval:
            "the account is waiting for approval: run `lunauth user approve EMAIL` first"
        case .accountDisabled: "the account is disabled: run `lunauth user enable EMAIL` first"
        case .noSecondFactor: "the account has no second factor"
        case .notFound: "nothing has this id"
        case .unavailable(.factorKeyUnusable, let detail),
            .unavailable(.auditKeyUnusable, let detail):
            "\(detail): see `lunauth check`"
        case .unavailable(_, let detail): "the database cannot do this now: \(detail)"
        default: "\(error)"
        }
    }
}

/// Standard error, unbuffered.
enum StandardError {
    /// Writes a text; a failure has nowhere to be reported.
    static func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = unsafe bytes.withUnsafeBytes {
            unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count)
        }
    }
}
