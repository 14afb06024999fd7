extension German: ComponentTexts {
    var show: String { "Anzeigen" }
    var hide: String { "Verbergen" }
    var copied: String { "Kopiert" }
    var optional: String { "(optional)" }
}
