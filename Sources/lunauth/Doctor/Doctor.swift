/// Makes every check.
enum Doctor {
    /// Looks at everything that can be looked at.
    ///
    /// - Parameters:
    ///   - server: The server, or what keeps its configuration from being used.
    ///   - checks: What is looked at.
    /// - Returns: What each check found, in the order of `Check.all`.
    static func examine(
        _ server: Result<Examination, Obstacle>, by checks: [Check] = Check.all
    ) -> [CheckResult] {
        checks.map { check in
            switch server {
            case .success(let examination):
                CheckResult(check: check.id, findings: check.examine(examination))
            case .failure(let obstacle):
                CheckResult(check: check.id, findings: obstacle.findings(of: check))
            }
        }
    }
}
