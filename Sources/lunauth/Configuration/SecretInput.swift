import Glibc
import System

/// A secret that an operator hands the server outside its configuration file: in a variable, in a
/// file that a variable names, or as a credential of systemd.
struct SecretInput: Sendable, Equatable {
    /// The variable that contains it: `LUNAUTH_MAIL_SMTP_PASSWORD`.
    let variable: String

    /// The variable that names a file which contains it.
    var fileVariable: String { variable + "_FILE" }

    /// The name of the credential that contains it (systemd.exec(5), `LoadCredential=`):
    /// `lunauth.mail-smtp-password`.
    var credential: String {
        let name = variable.dropFirst("LUNAUTH_".count).lowercased()
        return "lunauth." + name.split(separator: "_").joined(separator: "-")
    }

    /// The key that everything is signed with.
    static let secretKey = SecretInput(variable: "LUNAUTH_SECRET_KEY")
    /// The key before that one, while daemons are given another: it opens what it sealed.
    static let formerSecretKey = SecretInput(variable: "LUNAUTH_FORMER_SECRET_KEY")
    /// What opens the setup from anywhere.
    static let setupCode = SecretInput(variable: "LUNAUTH_SETUP_CODE")

    /// The password of the role at a PostgreSQL server.
    static let databasePassword = SecretInput(variable: "LUNAUTH_DATABASE_PASSWORD")

    /// Those that no configuration file may contain.
    static let outsideOfFiles = [secretKey, formerSecretKey, setupCode, databasePassword]
    /// All there are: these, and the secret keys of the configuration.
    static let all =
        outsideOfFiles
        + ConfigurationKey.all.filter(\.isSecret).map { SecretInput(variable: $0.variable) }
}

/// The secrets that were handed over, each with where it comes from.
struct GivenSecrets: Sendable, Equatable {
    private var secrets: [String: Given] = [:]

    /// A secret.
    struct Given: Sendable, Equatable {
        /// One line.
        let text: String
        /// Where it comes from.
        let source: ConfigurationSource
        /// The mode of its file, where everybody on the machine may read that.
        var exposedMode: UInt32?
    }

    /// More than any secret needs.
    private static let maximumBytes = 4_096
    /// Where systemd puts the credentials of a service.
    private static let credentialsVariable = "CREDENTIALS_DIRECTORY"

    /// Reads all of them.
    ///
    /// A variable with the secret wins over a credential; beside one with a file it is a mistake.
    /// - Parameters:
    ///   - environment: All variables.
    ///   - directory: Absolute; what relative names of files are relative to.
    ///   - problems: Gains what is wrong.
    init(
        environment: [String: String], directory: String,
        _ problems: inout [ConfigurationError.Problem]
    ) {
        for input in SecretInput.all {
            do throws(ConfigurationError.Problem) {
                secrets[input.variable] = try Self.read(input, environment, directory)
            } catch {
                problems.append(error)
            }
        }
    }

    /// The secret; nil where none was handed over.
    subscript(input: SecretInput) -> Given? { secrets[input.variable] }

    /// A sentence about each that everybody on the machine may read.
    var warnings: [String] {
        SecretInput.all.compactMap { input in
            guard let given = self[input], let mode = given.exposedMode else { return nil }
            return "\(given.source) can be read by everybody on this machine (mode "
                + "0\(String(mode, radix: 8))): give it mode 0600"
        }
    }

    private static func read(
        _ input: SecretInput, _ environment: [String: String], _ directory: String
    ) throws(ConfigurationError.Problem) -> Given? {
        if let text = environment[input.variable] {
            guard environment[input.fileVariable] == nil else {
                throw .givenTwice(input.variable, input.fileVariable)
            }
            return Given(text: text, source: .environment(input.variable))
        }
        if let name = environment[input.fileVariable] {
            let path = name.absolute(in: directory)
            let source = ConfigurationSource.secretFile(variable: input.fileVariable, path: path)
            guard !name.isEmpty, let given = try read(path, source) else {
                throw .unreadable(
                    file: source.description, reason: SystemError("open", code: ENOENT).reason)
            }
            return given
        }
        guard let credentials = environment[credentialsVariable], credentials.hasPrefix("/") else {
            return nil
        }
        return try read("\(credentials)/\(input.credential)", .credential(input.credential))
    }

    /// The secret in a file; nil when there is no such file.
    private static func read(
        _ path: String, _ source: ConfigurationSource
    ) throws(ConfigurationError.Problem) -> Given? {
        let contents: RegularFile.Contents?
        do {
            contents = try RegularFile.read(path, limit: maximumBytes)
        } catch {
            throw .unreadable(file: source.description, reason: error.description)
        }
        guard let contents else { return nil }
        var bytes = contents.bytes[...]
        // The line break that editors and `echo` put at the end.
        if bytes.last == UInt8(ascii: "\n") { bytes = bytes.dropLast() }
        if bytes.last == UInt8(ascii: "\r") { bytes = bytes.dropLast() }
        guard let text = String(validating: bytes, as: UTF8.self), !text.isEmpty,
            bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
        else {
            throw .unreadable(
                file: source.description, reason: "expected one line of UTF-8, not empty")
        }
        return Given(
            text: text, source: source,
            exposedMode: contents.mode & 0o004 != 0 ? contents.mode : nil)
    }
}
