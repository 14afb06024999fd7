/// Numbers in words and digits.
protocol NumberTexts {
    /// A number with separators: "1,284".
    func number(_ value: Int) -> String
}

extension Int {
    /// The digits in groups of three.
    func grouped(by separator: Character) -> String {
        let digits = String(magnitude)
        var text = self < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(separator) }
            text.append(digit)
        }
        return text
    }
}
