import Auth

/// Where a time is written: some languages put a word before a date in a sentence.
enum TimePlacement: Sendable {
    /// As the value of a fact, or behind a comma: "26 November 2026, 14:03 UTC".
    case alone
    /// In a sentence: "expires on 26 November 2026, 14:03 UTC", "expires today at 09:12 UTC".
    case sentence
}

/// A point in time, in UTC; the script writes it in the zone of the browser.
///
/// - Parameters:
///   - moment: The time.
///   - now: The time of the request: today, yesterday and tomorrow are called so.
///   - placement: Where it is written.
///   - texts: Of the page's language.
/// - Returns: The time.
func time(
    _ moment: Timestamp, now: Timestamp, _ placement: TimePlacement = .alone,
    texts: any TimeTexts
) -> HTML {
    let time = moment.utc
    return element(
        "time", Attribute("datetime", "\(moment.rfc3339.prefix(19))Z"),
        Attribute("data-on", texts.on).when(placement == .sentence)
    ) {
        switch moment.utcDay.subtractingReportingOverflow(now.utcDay).partialValue {
        case 0: texts.today(at: time.clock)
        case -1: texts.yesterday(at: time.clock)
        case 1: texts.tomorrow(at: time.clock)
        default: prefix(placement, texts) + texts.moment(time, at: time.clock)
        }
    }
}

/// A day in UTC.
///
/// - Parameters:
///   - moment: Any time of the day.
///   - placement: Where it is written.
///   - texts: Of the page's language.
/// - Returns: The day.
func date(
    _ moment: Timestamp, _ placement: TimePlacement = .alone, texts: any TimeTexts
) -> HTML {
    element("time", Attribute("datetime", String(moment.rfc3339.prefix(10)))) {
        prefix(placement, texts) + texts.date(moment.utc)
    }
}

private func prefix(_ placement: TimePlacement, _ texts: any TimeTexts) -> String {
    placement == .sentence ? "\(texts.on) " : ""
}
