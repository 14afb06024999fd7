import Auth

/// What the pages say about invalid inputs.
protocol ObjectionTexts {
    /// What is wrong with a field, and what to do: beside the field, and in the summary above its form.
    ///
    /// - Parameters:
    ///   - rule: The rule that the value breaks.
    ///   - label: The label of the field, for rules that say nothing of what the field is for.
    /// - Returns: At most two sentences.
    func objection(_ rule: InvalidInput.Rule, to label: String) -> String
}
