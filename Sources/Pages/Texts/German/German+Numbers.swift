extension German: NumberTexts {
    func number(_ value: Int) -> String { value.grouped(by: ".") }
}
