/// The text that Prometheus reads (text-based exposition format 0.0.4).
///
/// A family of series is added whole: its HELP and TYPE precede its samples. One without series
/// is left out.
public struct Exposition: Sendable {
    /// The media type of the text.
    public static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    /// The text so far, in UTF-8.
    public private(set) var text: [UInt8] = []

    /// A name and a value that tell a series from the others of its family.
    public typealias Label = (name: String, value: String)

    /// One series of a family.
    public struct Series<Value: Sendable>: Sendable {
        let labels: [Label]
        let value: Value

        /// A series from its parts.
        public init(_ labels: [Label], _ value: Value) {
            self.labels = labels
            self.value = value
        }
    }

    /// The value of a sample.
    public enum Number: Sendable, Equatable {
        /// Unchanged.
        case count(UInt64)
        /// Shown in seconds.
        case nanoseconds(UInt64)
    }

    /// No text.
    public init() {}

    /// Adds what only grows.
    ///
    /// - Parameters:
    ///   - name: Ends in `_total`.
    ///   - help: One sentence.
    ///   - series: Distinguished by their labels.
    public mutating func counter(_ name: String, _ help: String, _ series: [Series<Number>]) {
        family(name, "counter", help, series)
    }

    /// Adds what only grows, in one series.
    public mutating func counter(_ name: String, _ help: String, _ value: Number) {
        counter(name, help, [Series([], value)])
    }

    /// Adds what goes up and down.
    ///
    /// - Parameters:
    ///   - name: Of the family.
    ///   - help: One sentence.
    ///   - series: Distinguished by their labels.
    public mutating func gauge(_ name: String, _ help: String, _ series: [Series<Number>]) {
        family(name, "gauge", help, series)
    }

    /// Adds what goes up and down, in one series.
    public mutating func gauge(_ name: String, _ help: String, _ value: Number) {
        gauge(name, help, [Series([], value)])
    }

    /// Adds distributions, cumulated over their buckets.
    ///
    /// - Parameters:
    ///   - name: Of the family; ends in `_seconds` for times.
    ///   - help: One sentence.
    ///   - series: Distinguished by their labels.
    public mutating func histogram(
        _ name: String, _ help: String, _ series: [Series<Distribution>]
    ) {
        guard !series.isEmpty else { return }
        head(name, "histogram", help)
        for series in series {
            let (distribution, unit) = (series.value, series.value.buckets.unit)
            var count: UInt64 = 0
            for (index, part) in distribution.counts.enumerated() {
                count &+= part
                let bounds = distribution.buckets.bounds
                let bound =
                    index < bounds.count ? Self.text(of: .init(bounds[index], unit)) : "+Inf"
                sample("\(name)_bucket", series.labels + [("le", bound)], .count(count))
            }
            sample("\(name)_sum", series.labels, Number(distribution.sum, unit))
            sample("\(name)_count", series.labels, .count(count))
        }
    }

    /// Adds one distribution.
    public mutating func histogram(_ name: String, _ help: String, _ value: Distribution) {
        histogram(name, help, [Series([], value)])
    }
}

extension Exposition.Number {
    fileprivate init(_ value: UInt64, _ unit: Buckets.Unit) {
        switch unit {
        case .nanoseconds: self = .nanoseconds(value)
        case .ones: self = .count(value)
        }
    }
}

extension Exposition {
    private mutating func family(
        _ name: String, _ type: String, _ help: String, _ series: [Series<Number>]
    ) {
        guard !series.isEmpty else { return }
        head(name, type, help)
        for series in series { sample(name, series.labels, series.value) }
    }

    private mutating func head(_ name: String, _ type: String, _ help: String) {
        text.append(contentsOf: "# HELP \(name) ".utf8)
        appendEscaped(help, quotes: false)
        text.append(contentsOf: "\n# TYPE \(name) \(type)\n".utf8)
    }

    private mutating func sample(_ name: String, _ labels: [Label], _ value: Number) {
        text.append(contentsOf: name.utf8)
        for (index, label) in labels.enumerated() {
            text.append(contentsOf: "\(index == 0 ? "{" : ",")\(label.name)=\"".utf8)
            appendEscaped(label.value, quotes: true)
            text.append(UInt8(ascii: "\""))
        }
        text.append(contentsOf: "\(labels.isEmpty ? "" : "}") \(Self.text(of: value))\n".utf8)
    }

    private mutating func appendEscaped(_ string: String, quotes: Bool) {
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): text.append(contentsOf: "\\\\".utf8)
            case UInt8(ascii: "\n"): text.append(contentsOf: "\\n".utf8)
            case UInt8(ascii: "\"") where quotes: text.append(contentsOf: "\\\"".utf8)
            default: text.append(byte)
            }
        }
    }

    /// A number in decimal; of nanoseconds every one is shown, whatever a binary fraction can represent.
    private static func text(of number: Number) -> String {
        switch number {
        case .count(let count): return String(count)
        case .nanoseconds(let nanoseconds):
            let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
            guard rest > 0 else { return String(whole) }
            // Nine digits, of which the leading 1 is left out.
            var digits = String(rest + 1_000_000_000).dropFirst()
            while digits.utf8.last == UInt8(ascii: "0") { digits.removeLast() }
            return "\(whole).\(digits)"
        }
    }
}
