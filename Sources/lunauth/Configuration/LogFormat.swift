/// What a log line looks like.
enum LogFormat: String, Sendable, CaseIterable {
    /// `2026-01-31T09:05:00.123Z INFO message key=value`, for people.
    case text
    /// One JSON object, for programs.
    case json
}
