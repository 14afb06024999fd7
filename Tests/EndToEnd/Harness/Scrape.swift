import Testing

/// The metrics of a server at one time.
struct Scrape {
    /// The media type of the text.
    static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    /// The samples by name and labels, as written.
    let samples: [String: Double]

    /// Scrapes a server.
    ///
    /// - Throws: When it fails, or a line is not a sample.
    init(of daemon: Daemon) throws {
        let answer = try daemon.watcher.send(.get("/metrics"))
        #expect(answer.status == 200 && answer["Content-Type"] == Self.mediaType)
        let lines = String(decoding: answer.body, as: UTF8.self).split(separator: "\n")
        samples = try Dictionary(
            lines.filter { !$0.hasPrefix("#") }.map { line in
                let space = line.lastIndex(of: " ") ?? line.startIndex
                guard let value = Double(line[line.index(after: space)...]) else {
                    throw HarnessError("no sample: \(line)")
                }
                return (String(line[..<space]), value)
            }, uniquingKeysWith: { _, _ in throw HarnessError("a sample stands there twice") })
    }

    /// The value of a sample; 0 without it.
    subscript(name: String) -> Double { samples[name] ?? 0 }

    /// Whether the count of every histogram matches its cumulative buckets.
    var isConsistent: Bool {
        let counts = samples.filter { $0.key.contains("_count") }
        return !counts.isEmpty
            && counts.allSatisfy { name, count in
                let start = name.replacing("_count", with: "_bucket").drop { $0 == "}" }
                let prefix = start.hasSuffix("}") ? start.dropLast() + "," : start + "{"
                let buckets = samples.filter { $0.key.hasPrefix(prefix + "le=") }
                    .sorted { Self.bound($0.key) < Self.bound($1.key) }.map(\.value)
                return buckets.last == count && zip(buckets, buckets.dropFirst()).allSatisfy(<=)
            }
    }

    private static func bound(_ name: String) -> Double {
        let text = name.split(separator: "le=\"").last?.prefix { $0 != "\"" } ?? ""
        return text == "+Inf" ? .infinity : Double(text) ?? .nan
    }
}
