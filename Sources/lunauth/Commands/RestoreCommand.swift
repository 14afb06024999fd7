import API
import ArgumentParser
import Auth
import SQLiteStore
import System

/// `lunauth restore`: a backup takes the place of the database.
struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a backup in the place of the database; the server has to be stopped.",
        discussion: """
            Accounts, passwords, API keys and settings are then as they were when the backup was made. \
            What may have been ended since then ends: sessions, links in mails, waiting mails; open \
            invitations are paused. The database that was in use stays beside it under another name. \
            Where there is no setup.json, that of the backup is written. With PostgreSQL the database has to be \
            empty: create another one and name it in the configuration; the former one stays as it is.

            Second factors and passkeys are sealed under a key that secret.key opens, of the time of the backup. \
            With another one the restore stops before it changes anything; --reset-factors then removes them, \
            so that people sign in with their passwords alone, and tells each of them by mail.
            """)

    @OptionGroup var options: ConfigurationOptions
    @Flag(help: "Revoke all API keys, too: one that was revoked since the backup is good again.")
    var revokeApiKeys = false
    @Flag(
        help:
            "Remove all second factors and passkeys, where the secret key that opens them is lost.")
    var resetFactors = false
    @Argument(help: "A file that `lunauth backup` wrote; it stays as it is.") var file: String

    func run() throws {
        do {
            // First, since the file is then opened as the owner of the data.
            let layers = try options.layers(for: .existingOrNew)
            let backup = try Backup(file)
            let record = backup.setup.flatMap { SetupRecord(encoded: $0) }
            let loaded = try options.load(layers, restoring: record)
            let directory = loaded.values.dataDirectory
            try DataDirectory.make(directory)
            let lock = try DirectoryLock(directory: directory, waitingSeconds: 0)
            defer { withExtendedLifetime(lock) {} }
            let keys = SecretKeys(loaded)
            if backup.hasFactors && !resetFactors { try requireFit(keys, backup) }
            // What is restored is recorded, under keys that it wraps.
            try keys.makeIfMissing()
            let writer = loaded.values.mail.writer(
                MailEncryptionKeys(resetFactors ? try keys.sealingKeys(at: WallClock.now()) : []),
                within: Throttle(
                    isEnabled: false,
                    onRefusedMail: { StandardError.write("lunauth: \($0)\n") }, now: { 0 }))
            var reset = (accounts: 0, mails: 0)
            let outcome = try loaded.restore(
                backup, from: file, revokingAPIKeys: revokeApiKeys,
                for: .operated(
                    by: SystemUser.present,
                    recorder: EventRecorder(vault: FactorVault(try keys.wrappingKeys())))
            ) { transaction throws(AuthError) in
                try transaction.recordRestore(of: backup.madeAt)
                if resetFactors { reset = try transaction.removeAllFactors(by: writer) }
            }
            OperatorLog.recordAlone()
            try report(backup, loaded.databasePlace, outcome)
            try report(outcome, reset)
            if loaded.missingSetup != nil {
                try StandardOutput.line("setup.json is written as the backup has it")
            }
        } catch StorageError.corrupt(file, let detail) {
            throw ExitStatus.io.fail(
                "\(file) is damaged (\(detail)): nothing was changed; take another backup")
        } catch {
            throw ExitStatus.error(for: error)
        }
    }

    /// Stops where second factors could not be opened afterwards: no account that has one could sign in.
    private func requireFit(_ keys: SecretKeys, _ backup: Backup) throws {
        do {
            try keys.requireFit(backup.dataKey)
        } catch SecretKeyError.doesNotFit(let source) {
            throw ExitStatus.configuration.fail(
                """
                second factors and passkeys in \(file) are sealed under another key than \(source): put the \
                secret.key of that time there first, or add --reset-factors to remove them; nothing was changed
                """)
        }
    }

    private func report(_ outcome: Restore.Outcome, _ reset: (accounts: Int, mails: Int)) throws {
        try StandardOutput.line("not trusted any more: \(outcome.trustedBrowsers.of("browser"))")
        if resetFactors {
            try StandardOutput.line(
                "removed: the second factors and passkeys of \(reset.accounts.of("account")), "
                    + "told by \(reset.mails.of("mail"))")
        } else if outcome.accountsWithFactors > 0 {
            try StandardOutput.line(
                "as they were: the second factors of \(outcome.accountsWithFactors.of("account"))")
        }
    }

    private func report(_ backup: Backup, _ place: String, _ outcome: Restore.Outcome) throws {
        let time = backup.madeAt?.rfc3339 ?? "an unknown time"
        try StandardOutput.line(
            "\(place) is as it was at \(time): \(backup.accounts.of("account"))")
        if let replaced = outcome.replaced {
            try StandardOutput.line("the database before it: \(replaced)")
        }
        try StandardOutput.line(
            "what changed since is undone: new accounts, passwords, accounts that were disabled")
        try StandardOutput.line(
            "ended: \(outcome.sessions.of("session")), links in mails, waiting mails")
        try StandardOutput.line("paused: \(outcome.invites.of("invitation"))")
        try StandardOutput.line(
            revokeApiKeys
                ? "revoked: \(outcome.apiKeys.of("API key"))"
                : "good again: \(outcome.apiKeys.of("API key")), also those revoked since "
                    + "(`lunauth apikey list`, `lunauth apikey revoke ID`)")
    }
}
