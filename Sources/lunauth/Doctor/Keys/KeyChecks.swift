import Auth
import System

extension Check {
    /// The secret key.
    static let keyChecks: [Check] = [
        Check("keys.secret", "whether the secret key is there, well formed and random") {
            KeyRules.secret($0.keys)
        },
        Check("keys.fit", "whether the secret key opens the second factors of the database") {
            examination in
            examination.withDatabase { [KeyRules.fit(examination.keys, $0.dataKey)] }
        },
        Check("keys.age", "how long the secret key has been in use") {
            let given = $0.loaded.layers.secrets[.secretKey]
            guard given == nil else {
                return [.skipped("the key comes from \($0.keys.source): its age is not known")]
            }
            let made = Path.modified("\($0.values.dataDirectory)/secret.key")
            return [KeyRules.age(made: made, now: $0.now)]
        },
    ]
}

/// What the secret key has to be like.
enum KeyRules {
    /// NIST SP 800-57 part 1, table 1: a symmetric key for authentication is used for at most two years.
    private static let mostDays: Int64 = 730

    /// The rules of a start.
    static func secret(_ keys: SecretKeys) -> [Finding] {
        do {
            return try keys.check().map { text in
                .error(
                    text,
                    advice: "`lunauth secret rotate --now` makes a random one; where the key is "
                        + "handed over, change it there")
            }.orOK("\(keys.source) is well formed and random")
        } catch {
            return [.error("\(error)", advice: advice(for: error))]
        }
    }

    /// Without that key no account with a second factor can sign in.
    static func fit(_ keys: SecretKeys, _ dataKey: [UInt8]?) -> Finding {
        guard dataKey != nil else { return .ok("no account has a second factor") }
        do {
            try keys.requireFit(dataKey)
            return .ok("the secret key opens the second factors of the database")
        } catch {
            return .error("\(error)", advice: "put the secret.key of the database back")
        }
    }

    /// A key that leaked without notice is of use for as long as it stays.
    static func age(made: Int64?, now: Timestamp) -> Finding {
        guard let made else {
            return .skipped("there is no secret.key yet; the first start makes it")
        }
        let days = max(0, (now.milliseconds / 1_000 - made) / 86_400)
        let found =
            "secret.key was written on \(Timestamp(milliseconds: made * 1_000).rfc3339.prefix(10)), "
            + "\(Int(days).of("day")) ago"
        guard days > mostDays else { return .ok(found) }
        return .warning(
            "\(found), more than two years",
            advice:
                "run `lunauth secret rotate`, and keep a copy of the new key apart from the backups"
        )
    }

    private static func advice(for error: any Error) -> String {
        guard let error = error as? SecretKeyError else { return "look at the file" }
        return switch error {
        case .readableByOthers(let path, _):
            "chmod 0600 \(path); if others may have read it, "
                + "`lunauth secret rotate --now`"
        case .malformed: "put the right key back, from its copy"
        case .missing: "put the key back, or start the server, which makes one"
        case .contended: "try again"
        case .fixed, .doesNotFit, .doesNotOpen: "put the key of the database back"
        case .file: "let the user of the server read it"
        case .crypto: "look at the installation of OpenSSL"
        }
    }
}
