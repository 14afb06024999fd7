import ArgumentParser
import Auth
import Glibc
import System

/// `lunauth secret rotate`: another secret key, for good measure or because the old one is known.
struct RotateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Make a new key; the old one verifies for one token lifetime.",
        discussion: """
            Second factors stay: the key that seals them is wrapped with the new one, and so are the keys of \
            the record of events, whose old events stay verifiable. Backups made before \
            need the old secret.key to be restored.

            With --now the old key is worthless at once, for when it is in the wrong hands: all \
            sessions end, no device or browser is trusted any more, and waiting mails, second factors and passkeys are \
            sealed with new keys. The record of events has new keys, too; the former one signs which is next.

            Daemons on a PostgreSQL database share the keys, each sealed with the secret key that they are given, \
            which stays. A new one signs ten seconds after it was made: all daemons have it then. With --now it signs \
            at once; and where the secret key itself is in the wrong hands, give the daemons another one first, and \
            add --from.

            With --from no key is made: after the server was given another one (by LUNAUTH_SECRET_KEY, a \
            credential or a file), what the former one sealed is sealed with the present one.
            """)

    @OptionGroup var options: ConfigurationOptions
    @Flag(help: "End everything that the old key vouches for; asks before.") var now = false
    @Flag(help: "Do not ask.") var yes = false
    @Option(
        help:
            "The file of the former key, of 64 hexadecimal digits, where the present one is new already."
    )
    var from: String?

    func validate() throws {
        guard now || !yes else { throw ValidationError("--yes belongs to --now") }
    }

    func run() throws {
        do {
            let loaded = try options.load(for: .existing)
            var keys = SecretKeys(loaded)
            if let from {
                keys = try keys.adding(formerFrom: from)
            } else if !loaded.isShared {
                try keys.requireFile()
            }
            if now && !yes { try confirm() }
            let rotation = Rotation(keys: keys, loaded: loaded, makesKey: from == nil)
            if now {
                try rotation.replaceEverything()
            } else {
                try rotation.keepEverything()
            }
        } catch {
            throw ExitStatus.error(for: error)
        }
    }

    private func confirm() throws {
        guard isatty(STDIN_FILENO) == 1 else {
            throw ExitStatus.usage.fail(
                "--now asks for confirmation on a terminal; without one, add --yes")
        }
        StandardError.write(
            "Everybody is signed out, on all devices, at once. Type \"yes\" to go on: ")
        guard readLine(strippingNewline: true) == "yes" else {
            throw ExitStatus.failure.fail("nothing was changed")
        }
    }
}

/// One run of the command.
private struct Rotation {
    let keys: SecretKeys
    let loaded: LoadedConfiguration
    /// Whether `secret.key` is replaced; it was already where the former key is given.
    let makesKey: Bool

    /// A running server looks at the key files five times a second, and learns of shared keys within one.
    private static let followMicroseconds: UInt32 = 1_500_000

    /// Replaces the key; what the old one sealed and signed stays good.
    ///
    /// Killed in between, it leaves the data key wrapped under the old key, whose file stays until the next run
    /// has wrapped it again.
    func keepEverything() throws {
        guard !loaded.isShared || !makesKey else { return try shareKey() }
        try resealSharedKeys()
        var wrapped = try rewrapKeys()
        let isServed = try makeKey()
        if wrapped.isAny && makesKey {
            // A server that has only the old key could not open what the new one wraps.
            if isServed { usleep(Self.followMicroseconds) }
            wrapped = try rewrapKeys()
        }
        try recordRotation()
        OperatorLog.record(loaded)
        guard !makesKey else {
            return try StandardOutput.line(
                "a new key signs; tokens of the old one stay good until they expire")
        }
        try Administration.run(loaded, with: keys) { service in
            _ = try service.administration.resealMails(by: try writer)
        }
        try StandardOutput.line(
            wrapped.factors
                ? "second factors and passkeys open with the present key"
                : "there are no second factors or passkeys")
    }

    /// Adds a key to those that daemons share; what the others sealed and signed stays good.
    private func shareKey() throws {
        let delay = SecretKeys.signingDelay
        try Administration.withSecretKeys(loaded) { table in
            try keys.add(to: table, at: WallClock.now(), signingIn: delay)
        }
        try recordRotation()
        OperatorLog.record(loaded)
        try StandardOutput.line(
            "a new key signs in \(delay) seconds; tokens of the old one stay good until they expire"
        )
    }

    /// Seals the keys that daemons share under the present secret key.
    private func resealSharedKeys() throws {
        guard loaded.isShared else { return }
        try Administration.withSecretKeys(loaded) { try keys.reseal(in: $0) }
    }

    /// Replaces the key and everything that the old one gave access to.
    ///
    /// The old key verifies nothing any more before the many are ended that it gave access to, which may fail.
    /// Killed in between, it can be run again.
    func replaceEverything() throws {
        if !makesKey {
            try resealSharedKeys()
        } else if !loaded.isShared {
            _ = try rewrapKeys()
        }
        let isServed = try makeKey()
        // A server that has only the old key could open nothing that the new one seals.
        if isServed { usleep(Self.followMicroseconds) }
        if makesKey && !loaded.isShared { _ = try rewrapKeys() }
        var (sessions, mails, factors) = (0, 0, 0)
        try Administration.run(loaded, with: keys) { service in
            mails = try service.administration.resealMails(by: try writer)
        }
        if loaded.isShared {
            try Administration.withSecretKeys(loaded) { try keys.removeFormer(in: $0) }
        } else if makesKey {
            try keys.removeRetired()
        }
        // Until a running server follows, the old key may still begin a session.
        if isServed { usleep(Self.followMicroseconds) }
        try Administration.run(loaded, with: keys) { service in
            sessions = try service.administration.endAllSessions()
            factors = try service.administration.resealFactors()
            try service.administration.recordSecretRotation()
            _ = try service.administration.replaceAuditKeys()
        }
        try StandardOutput.line(
            makesKey
                ? "a new key signs, and the old one is worthless"
                : "the former key is worthless")
        try StandardOutput.line(
            "ended: \(sessions.of("session")), the trust in all devices and browsers")
        try StandardOutput.line("sealed with the new key: \(mails.of("mail")) waiting or given up")
        try StandardOutput.line(
            "sealed with a new data key: \(factors.of("credential")) besides passwords")
    }

    /// Seals mails with the present key.
    private var writer: MailWriter {
        get throws {
            MailWriter(
                keys: MailEncryptionKeys(try keys.sealingKeys(at: WallClock.now())),
                throttle: Throttle(isEnabled: false, now: { 0 }))
        }
    }

    /// Puts a new key in place of the old one, once nothing depends on those before that one: their files go.
    ///
    /// - Returns: Whether a server runs that has to take it.
    private func makeKey() throws -> Bool {
        guard !loaded.isShared else {
            try Administration.withSecretKeys(loaded) { table in
                try keys.add(to: table, at: WallClock.now(), signingIn: 0)
            }
            // Where daemons of the database run is not known here.
            return true
        }
        let isServed = try DirectoryLock.isHeld(directory: loaded.values.dataDirectory)
        guard makesKey else { return false }
        try keys.rotate(at: WallClock.now())
        return isServed
    }

    private func recordRotation() throws {
        guard loaded.hasDatabase else { return }
        try Administration.run(loaded, with: keys) { service in
            try service.administration.recordSecretRotation()
        }
    }

    /// What was wrapped under the present secret key.
    private struct Wrapped {
        /// The data key of factors.
        var factors = false
        /// The keys of the record of events.
        var events = false

        var isAny: Bool { factors || events }
    }

    /// Wraps the data key of factors and the keys of the record under the present secret key.
    ///
    /// - Returns: Which of them there are.
    private func rewrapKeys() throws -> Wrapped {
        // Before the database is opened: a key that cannot be used is refused first.
        let secrets = try keys.wrappingKeys()
        guard !secrets.isEmpty, loaded.hasDatabase else { return Wrapped() }
        var wrapped = Wrapped()
        try Administration.run(loaded, with: keys) { service in
            wrapped.factors = try service.administration.rewrapFactors()
            wrapped.events = try service.administration.rewrapAuditKeys()
        }
        return wrapped
    }
}
