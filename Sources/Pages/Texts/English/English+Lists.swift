extension English: ListTexts {
    var listPages: String { "Pages" }
    var firstPage: String { "First page" }
    var nextListPage: String { "Next page" }
    var listActions: String { "Actions" }
}
