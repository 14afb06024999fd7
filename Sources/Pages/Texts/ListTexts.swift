/// What lists of the administration say.
protocol ListTexts {
    /// Names the navigation between pages.
    var listPages: String { get }
    var firstPage: String { get }
    var nextListPage: String { get }
    /// Heads the column of buttons.
    var listActions: String { get }
}
