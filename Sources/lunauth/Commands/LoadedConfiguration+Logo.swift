import JSON
import Pages
import System

extension LoadedConfiguration {
    /// The logo of the site, read from its file; nil where the configuration names none.
    ///
    /// - Throws: `wrongValue` for `site.logo`: the file is not there, cannot be read, is too large or
    ///   is no image of a type that browsers are sent.
    func siteLogo() throws(ConfigurationError) -> SiteLogo? {
        let path = values.site.logo
        guard !path.isEmpty else { return nil }
        let found: String
        do {
            let file = try RegularFile.read(path, limit: SiteLogo.maximumBytes)
            if let logo = file.flatMap({ SiteLogo($0.bytes) }) { return logo }
            found = file == nil ? "no file" : "another file"
        } catch {
            found = "a file that is \(error)"
        }
        let problem = ConfigurationError.Problem.wrongValue(
            key: "site.logo", source: layers.sources["site.logo"] ?? .standard,
            found: "\(found), \(ConfigurationError.shown(.string(path)))",
            expected: "a PNG, WebP or SVG file of at most \(SiteLogo.maximumBytes >> 10) KiB")
        throw ConfigurationError(problems: [problem])
    }
}
