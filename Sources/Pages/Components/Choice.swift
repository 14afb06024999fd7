/// A checkbox for a setting that is on or off.
///
/// A hidden field with the value `false` is before it: browsers send no unchecked box, and a setting that
/// a form does not name keeps its value.
///
/// - Parameters:
///   - label: What is so when it is checked.
///   - name: Of the JSON member.
///   - isOn: Whether it is checked.
///   - id: Unique on the page; the name where it occurs once.
///   - hint: Explains.
/// - Returns: The choice.
func choice(
    _ label: String, name: String, isOn: Bool, id: String? = nil,
    hint: (any HTMLContent)? = nil
) -> HTML {
    choice(label, id: id ?? name, hint: hint) { references in
        hiddenField(name, "false")
        void(
            "input",
            with: [
                .type("checkbox"), .name(name), .value("true"), Attribute("checked").when(isOn),
            ] + references)
    }
}

/// A checkbox for one of several values of a list, such as a scope.
///
/// - Parameters:
///   - label: Names the value.
///   - name: Of the JSON member, which is a list.
///   - value: One of its values.
///   - isOn: Whether it is checked.
///   - id: Unique on the page; made of name and value otherwise.
///   - hint: Explains.
/// - Returns: The choice.
func choice(
    _ label: String, name: String, oneOf value: String, isOn: Bool, id: String? = nil,
    hint: (any HTMLContent)? = nil
) -> HTML {
    choice(label, id: id ?? "\(name)-\(value)", hint: hint) { references in
        void(
            "input",
            with: [
                .type("checkbox"), .name(name), .value(value), Attribute("checked").when(isOn),
            ] + references)
    }
}

/// One of several values of which one is chosen.
///
/// - Parameters:
///   - label: Names the value.
///   - name: Of the JSON member.
///   - value: Its value when this one is chosen.
///   - isOn: Whether it is chosen.
///   - id: Unique on the page; made of name and value otherwise.
///   - hint: Explains.
/// - Returns: The choice.
func radio(
    _ label: String, name: String, value: String, isOn: Bool, id: String? = nil,
    hint: (any HTMLContent)? = nil
) -> HTML {
    choice(label, id: id ?? "\(name)-\(value)", hint: hint) { references in
        void(
            "input",
            with: [
                .type("radio"), .name(name), .value(value), Attribute("checked").when(isOn),
            ] + references)
    }
}

/// Choices that belong together.
///
/// - Parameters:
///   - legend: Names them.
///   - isLegendUnseen: Whether a heading says the same.
///   - isRuled: Whether lines separate them.
///   - content: The choices, and the fields that depend on one.
/// - Returns: The group.
func choices(
    _ legend: String, isLegendUnseen: Bool = false, isRuled: Bool = false,
    @HTMLBuilder _ content: () -> HTML
) -> HTML {
    element("fieldset", .class(isRuled ? "choices ruled" : "choices")) {
        element("legend", Attribute.class("unseen").when(isLegendUnseen)) { legend }
        content()
    }
}

/// Fields that are shown while the choice before them is chosen.
///
/// Browsers do not send a form with a required field that is hidden: the fields here are `unmarked`.
func depends(@HTMLBuilder _ content: () -> HTML) -> HTML { div("depends", content) }

private func choice(
    _ label: String, id: String, hint: (any HTMLContent)?,
    @HTMLBuilder input: ([Attribute?]) -> HTML
) -> HTML {
    div("choice") {
        input([.id(id), hint.map { _ in .aria(.describedBy, "\(id)-hint") }])
        element("label", Attribute("for", id)) { label }
        if let hint { element("p", .class("hint"), .id("\(id)-hint")) { hint.html } }
    }
}
