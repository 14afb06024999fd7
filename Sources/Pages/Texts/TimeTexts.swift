import Auth

/// Times in words.
protocol TimeTexts {
    /// A time of today: "today at 09:12 UTC".
    func today(at clock: String) -> String
    /// A time of yesterday: "yesterday at 09:12 UTC".
    func yesterday(at clock: String) -> String
    /// A time of tomorrow: "tomorrow at 09:12 UTC".
    func tomorrow(at clock: String) -> String
    /// Any other time: "26 November 2026, 14:03 UTC".
    func moment(_ time: UTCTime, at clock: String) -> String
    /// A day: "26 November 2026".
    func date(_ time: UTCTime) -> String
    /// What comes before a date inside a sentence: "on".
    var on: String { get }
    /// How long one has to wait: "in 5 minutes".
    func wait(_ wait: RoundedWait) -> String
}

/// A time to wait, in the unit in which a person counts; rounded up.
enum RoundedWait: Sendable, Equatable {
    case seconds(Int64), minutes(Int64), hours(Int64), days(Int64)

    /// Rounds.
    ///
    /// - Parameter seconds: At least one counts, whatever it is.
    init(seconds: Int64) {
        let seconds = max(seconds, 1)
        self =
            switch seconds {
            case ..<90: .seconds(seconds)
            case ..<5_400: .minutes((seconds - 1) / 60 + 1)
            case ..<129_600: .hours((seconds - 1) / 3_600 + 1)
            default: .days((seconds - 1) / 86_400 + 1)
            }
    }
}

extension UTCTime {
    /// Hours and minutes: "09:12".
    var clock: String {
        "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }
}
