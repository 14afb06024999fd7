import ArgumentParser
import Auth
import Glibc
import SQLiteStore
import System

/// `lunauth secret rotate`: another secret key, for good measure or because the old one is known.
struct RotateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Make a new key; the old one verifies for one token lifetime.",
        discussion: """
            With --now the old key is worthless at once, for when it is in the wrong hands: all \
            sessions end, no device is trusted any more, and waiting mails are sealed with the new key.
            """)

    @OptionGroup var options: ConfigurationOptions
    @Flag(help: "End everything that the old key vouches for; asks before.") var now = false
    @Flag(help: "Do not ask.") var yes = false

    func validate() throws {
        guard now || !yes else { throw ValidationError("--yes belongs to --now") }
    }

    func run() throws {
        do {
            let loaded = try options.load(for: .existing)
            let keys = SecretKeys(loaded)
            try keys.requireFile()
            guard now else {
                try keys.rotate(at: WallClock.now())
                OperatorLog.record(loaded)
                return try StandardOutput.line(
                    "a new key signs; tokens of the old one stay good until they expire")
            }
            if !yes { try confirm() }
            try replace(keys, of: loaded)
        } catch {
            throw ExitStatus.error(for: error)
        }
    }

    /// A running server looks at the key files five times a second.
    private static let followMicroseconds: UInt32 = 1_000_000

    /// Killed in between, it leaves an ordinary rotation; it can be run again.
    private func replace(_ keys: SecretKeys, of loaded: LoadedConfiguration) throws {
        let isServed = try DirectoryLock.isHeld(directory: loaded.values.dataDirectory)
        try keys.rotate(at: WallClock.now())
        var (sessions, mails) = (0, 0)
        // The second time concerns what a running server made before it took the new key.
        for round in 1...(isServed ? 2 : 1) {
            if round == 2 { usleep(Self.followMicroseconds) }
            let writer = MailWriter(
                keys: MailEncryptionKeys(try keys.sealingKeys(at: WallClock.now())),
                throttle: Throttle(isEnabled: false, now: { 0 }))
            try Administration.run(loaded) { service in
                sessions += try service.administration.endAllSessions()
                mails = try service.administration.resealMails(by: writer)
            }
        }
        try keys.removeRetired()
        try StandardOutput.line("a new key signs, and the old one is worthless")
        try StandardOutput.line("ended: \(sessions.of("session")), the trust in all devices")
        try StandardOutput.line("sealed with the new key: \(mails.of("mail")) waiting or given up")
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
