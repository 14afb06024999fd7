extension English: ComponentTexts {
    var show: String { "Show" }
    var hide: String { "Hide" }
    var copied: String { "Copied" }
    var optional: String { "(optional)" }
}
