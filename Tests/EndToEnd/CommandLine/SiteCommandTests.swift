import Testing

extension EndToEnd {
    /// The appearance of the site, as the command line and the configuration decide it.
    @Suite struct SiteCommandTests {
        @Test func `the command line changes the appearance and check names every origin`() throws {
            let (daemon, owner) = try Daemon.setUp(settings: ["LUNAUTH_SITE_ACCENT": "#0a7d5a"])
            let home = daemon.home
            #expect(try home.run("config", "set", "siteName", "Luna Books").ending == .exited(0))
            try Waiting.until("the server follows") {
                try daemon.client.send(.get("/auth/config")).json["siteName"] == "Luna Books"
            }
            let settings = ["LUNAUTH_SITE_ACCENT": "#0a7d5a"]
            let report = try home.run("check", settings: settings)
            #expect(report.ending == .exited(0))
            for line in [
                "site.name = Luna Books (database)",
                "site.accent = #0a7d5a (environment LUNAUTH_SITE_ACCENT)",
                "site.support =  (default)",
            ] {
                #expect(report.output.split(separator: "\n").contains { $0 == line }, "\(line)")
            }
            let refused = try daemon.client.update(["siteAccent": "#000000"], as: owner)
            refused.expect(400, "invalid_request", fields: ["siteAccent"])
            let command = try home.run("config", "set", "siteAccent", "#000000", settings: settings)
            #expect(command.ending != .exited(0))
            #expect(command.errors.contains("LUNAUTH_SITE_ACCENT"))
            #expect(try home.run("config", "unset", "siteName").ending == .exited(0))
            let values = try home.run("config", "get", "siteName")
            #expect(values.output == "lunauth\n")
        }

        @Test func `a logo that is no image stops the start and the check`() throws {
            let home = try Home()
            try home.write("logo.png", "no image")
            try home.write("config.json", #"{"site":{"logo":"logo.png"}}"#)
            for command in ["serve", "check"] {
                let outcome = try home.run(command)
                #expect(outcome.ending == .exited(78))
                #expect(outcome.errors.contains("site.logo (config.json)"))
                #expect(outcome.errors.contains("expected a PNG, WebP or SVG file"))
            }
            try home.write("logo.png", "<svg xmlns='http://www.w3.org/2000/svg'/>")
            #expect(try home.run("check").ending == .exited(0))
        }
    }
}
