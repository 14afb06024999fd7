extension English: NumberTexts {
    func number(_ value: Int) -> String { value.grouped(by: ",") }
}
