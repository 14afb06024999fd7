extension QRSymbol {
    /// Modules that stay light on each side (ISO/IEC 18004:2015 §6.3.8).
    private static let quietZone = 4

    /// Modules in a row of the picture, the light border included: its view box is a square from
    /// 0, 0 with this side.
    public var side: Int { width + 2 * Self.quietZone }

    /// The dark modules as the data of one path (SVG 2 §9.3), a rectangle for each run in a row.
    ///
    /// To be drawn black on a white square: cameras read dark on light, whatever the colours of the
    /// page.
    public var path: String {
        var path = ""
        for row in 0..<width {
            var column = 0
            while column < width {
                let start = column
                while column < width, self[row, column] { column += 1 }
                let run = column - start
                if run > 0 {
                    path += "M\(start + Self.quietZone) \(row + Self.quietZone)h\(run)v1h-\(run)z"
                } else {
                    column += 1
                }
            }
        }
        return path
    }

    /// The symbol as a picture that stands alone, without style and script.
    ///
    /// - Parameter pixels: The size of a module, for who shows the picture as it is.
    /// - Returns: One `svg` element, in ASCII.
    public func svg(pixels: Int = 5) -> String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="\(side * pixels)" height="\(side * pixels)" \
        viewBox="0 0 \(side) \(side)" shape-rendering="crispEdges">\
        <rect width="\(side)" height="\(side)" fill="#fff"/><path fill="#000" d="\(path)"/></svg>
        """
    }
}
