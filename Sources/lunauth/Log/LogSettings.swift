import Logging
import Synchronization

/// What of the log can change while the server runs; shared by all handlers and threads.
final class LogSettings: Sendable {
    private static let levels = Logger.Level.allCases

    private let levelIndex = Atomic(0)
    private let isJSON = Atomic(false)

    /// Settings from their first values.
    init(level: Logger.Level, format: LogFormat) {
        self.level = level
        self.format = format
    }

    /// Lines below it are not written, where a logger has no level of its own.
    var level: Logger.Level {
        get { Self.levels[levelIndex.load(ordering: .relaxed)] }
        set {
            levelIndex.store(Self.levels.firstIndex(of: newValue) ?? 0, ordering: .relaxed)
        }
    }

    /// What a line looks like.
    var format: LogFormat {
        get { isJSON.load(ordering: .relaxed) ? .json : .text }
        set { isJSON.store(newValue == .json, ordering: .relaxed) }
    }
}
