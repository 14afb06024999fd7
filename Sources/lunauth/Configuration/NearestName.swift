/// Finds the name that was probably meant.
enum NearestName {
    /// The most letters to insert, delete or replace between what was written and what was meant.
    static let farthest = 2

    /// The known name nearest to an unknown one; nil when none is near, the first of several.
    static func nearest(to name: String, among known: [String]) -> String? {
        let distances = known.map { (name: $0, distance: distance(name, $0)) }
        let nearest = distances.min { $0.distance < $1.distance }
        return nearest.flatMap { $0.distance <= farthest ? $0.name : nil }
    }

    /// Levenshtein's distance in bytes, row by row; exact only up to ``farthest``.
    private static func distance(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        guard abs(left.count - right.count) <= farthest else { return farthest + 1 }
        var row = Array(0...right.count)
        for (index, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in right.indices {
                let replaced = diagonal + (byte == right[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
            }
        }
        return row[right.count]
    }
}
