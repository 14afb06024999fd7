import Auth

extension German: TimeTexts {
    func today(at clock: String) -> String { "heute um \(clock) UTC" }
    func yesterday(at clock: String) -> String { "gestern um \(clock) UTC" }
    func tomorrow(at clock: String) -> String { "morgen um \(clock) UTC" }

    func moment(_ time: UTCTime, at clock: String) -> String { "\(date(time)) um \(clock) UTC" }

    func date(_ time: UTCTime) -> String {
        "\(time.day). \(Self.months[Int(time.month) - 1]) \(time.year)"
    }

    var on: String { "am" }

    func wait(_ wait: RoundedWait) -> String {
        switch wait {
        case .seconds(1): "in 1 Sekunde"
        case .seconds(let count): "in \(count) Sekunden"
        case .minutes(let count): "in \(count) Minuten"
        case .hours(let count): "in \(count) Stunden"
        case .days(let count): "in \(count) Tagen"
        }
    }

    private static let months = [
        "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
        "Oktober", "November", "Dezember",
    ]
}
