/// The ASCII form of a domain with characters beyond ASCII (RFC 5890, RFC 3492).
enum InternationalDomain {
    /// The domain with each label beyond ASCII as its A-label, `xn--…`; nil when a label has none.
    ///
    /// Letters are lower-cased and composed first. The result is a hint for a person, who checks it: a
    /// registry's own rules for a script are not applied.
    static func asciiForm(of domain: Substring) -> String? {
        let labels = domain.split(omittingEmptySubsequences: false) { fullStops.contains($0) }
        let forms = labels.map { asciiForm(ofLabel: $0) }
        guard forms.allSatisfy({ $0 != nil }) else { return nil }
        return forms.compactMap(\.self).joined(separator: ".")
    }

    /// The separators of labels, including the full stops of other scripts (RFC 3490 §3.1).
    private static let fullStops: Set<Character> = [".", "\u{3002}", "\u{FF0E}", "\u{FF61}"]

    /// The longest label in ASCII.
    private static let maximumLength = 63

    private static func asciiForm(ofLabel label: Substring) -> String? {
        let scalars = Array(label.lowercased().normalizedToFormC.unicodeScalars)
        guard scalars.count <= maximumLength else { return nil }
        guard !scalars.allSatisfy(\.isASCII) else {
            // A label that only folds to ASCII is not a form of that domain that people write.
            return label.utf8.allSatisfy { $0 < 0x80 } ? String(label) : nil
        }
        return "xn--" + punycode(scalars.map(\.value))
    }

    // MARK: Punycode (RFC 3492 §5, §6)

    private static let base: UInt32 = 36
    private static let digits = Array("abcdefghijklmnopqrstuvwxyz0123456789")

    /// Encodes the code points of a label, at most `maximumLength`, so that nothing can overflow.
    private static func punycode(_ points: [UInt32]) -> String {
        var output = points.filter { $0 < 0x80 }.compactMap(Unicode.Scalar.init).map(Character.init)
        let basicCount = UInt32(output.count)
        if basicCount > 0 { output.append("-") }
        var (handled, bias): (UInt32, UInt32) = (basicCount, 72)
        var (next, delta): (UInt32, UInt32) = (0x80, 0)
        while handled < points.count {
            guard let least = points.filter({ $0 >= next }).min() else { break }
            delta += (least - next) * (handled + 1)
            next = least
            for point in points {
                if point < next { delta += 1 }
                guard point == next else { continue }
                append(delta, bias: bias, to: &output)
                bias = adapted(delta, count: handled + 1, isFirst: handled == basicCount)
                delta = 0
                handled += 1
            }
            delta += 1
            next += 1
        }
        return String(output)
    }

    private static func append(_ delta: UInt32, bias: UInt32, to output: inout [Character]) {
        var (rest, position) = (delta, base)
        while true {
            let threshold = position <= bias ? 1 : min(26, position - bias)
            guard rest >= threshold else { break }
            let digit = threshold + (rest - threshold) % (base - threshold)
            output.append(digits[Int(digit)])
            rest = (rest - threshold) / (base - threshold)
            position += base
        }
        output.append(digits[Int(rest)])
    }

    private static func adapted(_ delta: UInt32, count: UInt32, isFirst: Bool) -> UInt32 {
        var rest = isFirst ? delta / 700 : delta / 2
        rest += rest / count
        var result: UInt32 = 0
        while rest > (base - 1) * 26 / 2 {
            rest /= base - 1
            result += base
        }
        return result + base * rest / (rest + 38)
    }
}

extension Email {
    /// The rule that an invalid address breaks: for a domain in another script with its ASCII form.
    static func objection(to text: String) -> InvalidInput.Rule {
        guard let at = text.lastIndex(of: "@"), !text.utf8.allSatisfy({ $0 < 0x80 }),
            let domain = InternationalDomain.asciiForm(of: text[text.index(after: at)...]),
            Email("\(text[..<at])@\(domain)") != nil
        else { return .notEmail(asciiDomain: nil) }
        return .notEmail(asciiDomain: domain)
    }
}
