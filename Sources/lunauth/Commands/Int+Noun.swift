extension Int {
    /// The number with what it counts: `1 session`, `2 sessions`.
    ///
    /// - Parameters:
    ///   - singular: The noun for one.
    ///   - plural: For any other number; without it `singular` with an `s`.
    /// - Returns: A number and a noun.
    func of(_ singular: String, _ plural: String? = nil) -> String {
        "\(self) \(self == 1 ? singular : plural ?? singular + "s")"
    }
}
