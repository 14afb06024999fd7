import Auth

extension English: TimeTexts {
    func today(at clock: String) -> String { "today at \(clock) UTC" }
    func yesterday(at clock: String) -> String { "yesterday at \(clock) UTC" }
    func tomorrow(at clock: String) -> String { "tomorrow at \(clock) UTC" }

    func moment(_ time: UTCTime, at clock: String) -> String { "\(date(time)), \(clock) UTC" }

    func date(_ time: UTCTime) -> String {
        "\(time.day) \(Self.months[Int(time.month) - 1]) \(time.year)"
    }

    var on: String { "on" }

    func wait(_ wait: RoundedWait) -> String {
        switch wait {
        case .seconds(1): "in 1 second"
        case .seconds(let count): "in \(count) seconds"
        case .minutes(let count): "in \(count) minutes"
        case .hours(let count): "in \(count) hours"
        case .days(let count): "in \(count) days"
        }
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]
}
