extension German: ListTexts {
    var listPages: String { "Seiten" }
    var firstPage: String { "Erste Seite" }
    var nextListPage: String { "Nächste Seite" }
    var listActions: String { "Aktionen" }
}
