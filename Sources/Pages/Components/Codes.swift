/// Recovery codes, to be stored: shown once.
///
/// - Parameters:
///   - codes: The codes.
///   - texts: Of the buttons, and of the list for screen readers.
/// - Returns: The list, with buttons that copy and print it.
func codeList(_ codes: [String], texts: any FactorTexts & ComponentTexts) -> HTML {
    html {
        element("ol", .class("codes"), .id("codes"), .aria(.label, texts.recoveryCodes)) {
            for text in codes { li { text } }
        }
        actions {
            element(
                "button", .class("button needs-script"), .type("button"),
                Attribute("data-copy", "#codes"), Attribute("data-copied", texts.copied)
            ) {
                icon(.copy)
                element("span", .aria(.live, "polite")) { texts.copyCodes }
            }
            element(
                "button", .class("button needs-script"), .type("button"), Attribute("data-print")
            ) { texts.printCodes }
        }
    }
}
