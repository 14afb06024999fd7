/// The version of this program, here and nowhere else.
///
/// The command line, the manual page, `/openapi.json` and the metric `lunauth_build_info` read it; a
/// test compares it with the newest release in `CHANGELOG.md`.
enum Version {
    /// Of this program, by Semantic Versioning.
    static let current = "0.2.0"
}
