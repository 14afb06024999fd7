import ArgumentParser
import Auth
import Glibc
import Metrics
import StoreSupport
import System
import Synchronization

/// Tells what commands changed: the log of the server that runs beside them, else standard error.
enum OperatorLog {
    /// What was logged, so that a command that writes in several steps is logged once.
    private static let logged = Mutex<Set<OperatorAction>>([])

    /// Tells what a command changed in the database; nothing where it only looked.
    ///
    /// - Parameters:
    ///   - service: What the command used.
    ///   - storage: What it changed.
    ///   - loaded: The configuration of the server.
    static func record(
        _ service: AuthService, _ storage: any ServerStorage, of loaded: LoadedConfiguration
    ) {
        let changes = service.takeJournal().changes
        guard storage.statistics.groupSizes.count > 0 else { return }
        let store = storage.store(mayWait: true)
        let isServed = isServed(loaded)
        for action in actions(changes) { tell(action, isServed ? store : nil) }
    }

    /// Tells that a command ran which changes no row: a backup, another key.
    static func record(_ loaded: LoadedConfiguration) {
        guard isServed(loaded),
            let storage = try? loaded.openStorage(StorageUse(makesDatabase: false))
        else {
            return recordAlone()
        }
        defer { storage.close() }
        for action in actions([]) { tell(action, storage.store(mayWait: true)) }
    }

    /// Tells that a command ran beside which no server can.
    static func recordAlone() {
        for action in actions([]) { tell(action, nil) }
    }

    private static func isServed(_ loaded: LoadedConfiguration) -> Bool {
        (try? DirectoryLock.isHeld(directory: loaded.values.dataDirectory)) ?? false
    }

    private static func actions(_ changes: [AdministrativeChange]) -> [OperatorAction] {
        let command = CommandWords.present.joined(separator: " ")
        let plain = OperatorAction(command: command, user: SystemUser.present)
        guard !changes.isEmpty else { return [plain] }
        return changes.map { OperatorAction(command: command, user: SystemUser.present, $0) }
    }

    private static func tell(_ action: OperatorAction, _ store: (any Store)?) {
        guard logged.withLock({ $0.insert(action).inserted }) else { return }
        let note = action.note
        if let store {
            do throws(AuthError) {
                return try store.write { transaction throws(AuthError) in
                    try transaction.leave(note: note)
                }
            } catch {
                // The line is not lost: it goes where that of a command without a server goes.
            }
        }
        StandardError.write(String(decoding: action.line(at: WallClock.now()), as: UTF8.self))
    }
}

/// The words that named the command of this process.
enum CommandWords {
    /// As `user disable`; empty for the default command.
    static var present: [String] {
        var commands = Lunauth.configuration.subcommands
        var words: [String] = []
        for argument in CommandLine.arguments.dropFirst() {
            guard let command = commands.first(where: { $0.configuration.commandName == argument })
            else { break }
            words.append(argument)
            commands = command.configuration.subcommands
        }
        return words
    }
}

/// The user of the system who runs this process.
enum SystemUser {
    /// Their name, or their number where they have none; behind `sudo`, both users.
    ///
    /// First asked before the process becomes another user.
    static let present: String = {
        let name = unsafe getpwuid(getuid()).map { unsafe String(cString: $0.pointee.pw_name) }
        let user = name ?? "\(getuid())"
        guard getuid() == 0, let sudoer = Environment.variables["SUDO_USER"], !sudoer.isEmpty else {
            return user
        }
        return "\(user) (sudo: \(sudoer))"
    }()
}
