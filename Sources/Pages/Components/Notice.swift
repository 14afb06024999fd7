/// What a notice reports.
enum Tone: String, Sendable {
    case info, success, warning, error

    fileprivate var icon: Icon {
        switch self {
        case .info: .info
        case .success: .success
        case .warning: .warning
        case .error: .error
        }
    }
}

/// Why a notice is on the page.
enum NoticeCause: Sendable {
    /// It is part of the page.
    case page
    /// The last action caused it: it is announced, and the first thing that is read. One on a page.
    case action
}

/// A message in a box, with a pictogram.
///
/// - Parameters:
///   - tone: What it reports.
///   - title: Says what happened; nil where the content is one sentence.
///   - cause: Why it is on the page.
///   - level: Of the title among the headings of the page.
///   - pictogram: Instead of the tone's own.
///   - content: Why, and what to do: paragraphs, and `actions`.
/// - Returns: The notice.
func notice(
    _ tone: Tone, _ title: (any HTMLContent)? = nil, follows cause: NoticeCause = .page,
    level: HeadingLevel = .second, icon pictogram: Icon? = nil, @HTMLBuilder _ content: () -> HTML
) -> HTML {
    let isSummary = cause == .action
    let isUrgent = tone == .error || tone == .warning
    return element(
        "div", .class("notice \(tone.rawValue)"),
        Attribute.id(FieldError.summaryID).when(isSummary),
        Attribute("role", isUrgent ? "alert" : "status").when(isSummary),
        Attribute("tabindex", "-1").when(isSummary), Attribute("autofocus").when(isSummary)
    ) {
        icon(pictogram ?? tone.icon)
        element("div") {
            if let title { heading(level, title) }
            content()
        }
    }
}

/// A notice of one sentence or two.
func notice(
    _ tone: Tone, _ title: (any HTMLContent)? = nil, text: any HTMLContent,
    follows cause: NoticeCause = .page, level: HeadingLevel = .second, icon: Icon? = nil
) -> HTML {
    notice(tone, title, follows: cause, level: level, icon: icon) {
        p { text.html }
    }
}
