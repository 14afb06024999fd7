/// The place of a heading below the title of the page, which is the first.
enum HeadingLevel: Sendable {
    case second, third
}

/// A heading below the title of the page.
///
/// - Parameters:
///   - level: Its place.
///   - text: Names the section.
///   - id: Unique on the page, for what it labels.
///   - names: Classes.
/// - Returns: The heading.
func heading(
    _ level: HeadingLevel, _ text: any HTMLContent, id: String? = nil, class names: String? = nil
) -> HTML {
    let attributes = [names.map(Attribute.class), id.map(Attribute.id)]
    return switch level {
    case .second: element("h2", with: attributes) { text.html }
    case .third: element("h3", with: attributes) { text.html }
    }
}

/// The phase of the moon before the heading of a step.
enum Phase: String, Sendable {
    case crescent, half
}

/// One step of a long form, with a heading.
///
/// - Parameters:
///   - title: Names the step.
///   - id: Unique on the page.
///   - phase: How far one has come.
///   - content: What is to be done.
/// - Returns: The section.
func step(
    _ title: String, id: String, _ phase: Phase, @HTMLBuilder _ content: () -> HTML
) -> HTML {
    element("section", .class("stack"), .aria(.labelledBy, id)) {
        heading(.second, title, id: id, class: "phase \(phase.rawValue)")
        content()
    }
}
