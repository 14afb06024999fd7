import Auth
import Testing

@testable import Pages

/// One component with a text in every place that takes one.
struct ComponentSample: Sendable, CustomTestStringConvertible {
    let name: String
    /// The component with this text everywhere.
    let render: @Sendable (String) -> HTML

    init(_ name: String, _ render: @escaping @Sendable (String) -> HTML) {
        self.name = name
        self.render = render
    }

    var testDescription: String { name }

    /// Every component, with every part it can have.
    static let all = ofFields + ofChoices + ofActions + ofSections + ofLists + ofFrames

    private static let ofFields = [
        ComponentSample("field") { text in
            field(
                text, name: text, autocomplete: .email, type: .email, id: text, value: text,
                presence: .optional(mark: text), maximumLength: 60, isFocused: true, hint: text,
                error: .message(text))
        },
        ComponentSample("field of a number") { text in
            field(text, name: "uses", autocomplete: .off, type: .number(1...10), error: .inSummary)
        },
        ComponentSample("field of a date") { text in
            field(text, name: text, autocomplete: .off, type: .date, value: text)
        },
        ComponentSample("field of a pattern") { text in
            field(text, name: text, autocomplete: .off, type: .pattern(text), locked: text)
        },
        ComponentSample("passwordField") { text in
            passwordField(
                text, .new(minimumLength: 8), name: text, id: text, hint: text,
                error: .message(text), texts: SampleTexts(text: text))
        },
        ComponentSample("pair") { text in pair { text } },
        ComponentSample("hiddenUsername") { hiddenUsername($0) },
        ComponentSample("selectField") { text in
            selectField(
                text, name: text,
                [SelectOption(text, text, language: text), SelectOption("b", "b")], selected: "b",
                autocomplete: .language, id: text, hint: text, error: .message(text))
        },
        ComponentSample("selectField that is locked") { text in
            selectField(
                text, name: "role", [SelectOption("a", text)], selected: "a", locked: text)
        },
    ]

    private static let ofChoices = [
        ComponentSample("choice") { choice($0, name: $0, isOn: true, id: $0, hint: $0) },
        ComponentSample("choice of several") {
            choice($0, name: "scopes", oneOf: $0, isOn: false, id: $0, hint: $0)
        },
        ComponentSample("choices") { text in
            html {
                choices(text, isRuled: true) {
                    radio(text, name: text, value: text, isOn: true, id: text, hint: text)
                    depends { text }
                }
                choices("a", isLegendUnseen: true) {}
            }
        },
    ]

    private static let ofActions = [
        ComponentSample("postForm") { text in
            postForm(text, class: "stack wide", hidden: ["a": text, "b": nil]) { text }
        },
        ComponentSample("postForm of a button") { postForm($0, button($0, .danger)) },
        ComponentSample("button") { text in
            button(
                text, .quietDanger, object: text, value: (name: text, value: text), isBlock: true,
                icon: .key)
        },
        ComponentSample("linkButton") { linkButton($0, $0, .primary, object: $0, icon: .mail) },
        ComponentSample("secret") {
            secret($0, id: $0, copy: $0, texts: SampleTexts(text: $0))
        },
        ComponentSample("codeblock") { codeblock($0) },
    ]

    private static let ofSections = [
        ComponentSample("notice") { text in
            html {
                for tone in [Tone.info, .success, .warning, .error] {
                    notice(tone, text, level: .third) { text }
                }
                notice(.error, text, text: text, follows: .action, icon: .clock)
            }
        },
        ComponentSample("badge") { text in
            html {
                for status in [
                    BadgeStatus.active, .pending, .expired, .disabled, .unconfirmed, .blocked,
                    .plain,
                ] { badge(status, text) }
            }
        },
        ComponentSample("panel") { text in
            html {
                panel(text, id: text, about: text, .perilous, actions: HTML(text)) { text }
                panel("a", id: "b", .flush, isTitleUnseen: true) {}
            }
        },
        ComponentSample("columns") { text in columns { text } },
        ComponentSample("fold") { text in fold(text, id: text, isOpen: true) { text } },
        ComponentSample("step") { text in
            html {
                step(text, id: text, .crescent) { text }
                step("a", id: "a1", .half) {}
            }
        },
    ]

    private static let ofLists = [
        ComponentSample("rows") { text in
            rows {
                row(
                    .phone, bdi(text), badge: badge(.active, text), about: text,
                    action: button(text))
            }
        },
        ComponentSample("log") { text in
            log {
                logEntry(HTML(text), text, about: HTML(text), action: button(text))
                logEntry(HTML(text), text)
            }
        },
        ComponentSample("facts") { text in
            facts {
                fact(text, text)
                fact(text, identifier: text)
            }
        },
        ComponentSample("stats") { text in stats { stat(text, text, about: text) } },
        ComponentSample("empty") { empty($0) },
        ComponentSample("table") { text in
            table(
                [
                    Column.name(text, sort: SortLink(text, .ascending)) {
                        person($0, about: $0, $0)
                    },
                    .sentence(text) { $0 },
                    .text(text, sort: SortLink(text)) { $0 },
                    .number(text, sort: SortLink(text, .descending)) { $0 },
                    .short(text) { person($0, about: $0) },
                    .actions(text) { button($0) },
                ], [text, "b"])
        },
        ComponentSample("toolbar") {
            toolbar($0, label: $0, name: $0, value: $0, verb: $0, hidden: [("sort", $0)])
        },
        ComponentSample("filterForm") { text in filterForm(text, label: text) { text } },
        ComponentSample("filters") { text in
            filters(
                text,
                [
                    Filter(text, text, count: text, isCurrent: true),
                    Filter(text, text, isCurrent: false),
                ])
        },
        ComponentSample("pagination") { text in
            pagination(text, text, previous: Link(text, text), next: Link(text, text))
        },
    ]

    private static let ofFrames = [
        ComponentSample("links") { links($0, [Link($0, $0)], isApart: true) },
        ComponentSample("brandLink") { text in
            html {
                brandLink(text, text)
                brandLink(text, text, logo: text)
            }
        },
        ComponentSample("pageHead") {
            pageHead($0, crumb: Link($0, $0), about: $0, badges: HTML($0), actions: HTML($0))
        },
        ComponentSample("cardHead") { cardHead(brandLink($0, $0), $0, about: $0) },
        ComponentSample("unseen") { unseen($0) },
        ComponentSample("icons") { _ in html { for each in Icon.allCases { icon(each) } } },
    ]
}

/// A catalogue of one text.
struct SampleTexts: ComponentTexts {
    let text: String
    var show: String { text }
    var hide: String { text }
    var copied: String { text }
    var optional: String { text }
}

extension Timestamp {
    /// 29 November 2026, 12:00 UTC.
    static let noon = Timestamp(milliseconds: 1_795_953_600_000)
}
